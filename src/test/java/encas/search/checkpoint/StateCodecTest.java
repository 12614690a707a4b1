package encas.search.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateCodecTest {

  record Arrays(int[] keys, double[] values, int[][] genotypes) {}

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 255, 256, 32_767, 32_768, Integer.MAX_VALUE})
  void arrays_come_back_whatever_their_numbers(int largest) {
    int[][] cases = {{}, {largest}, {-largest - 1, 0, largest}};
    double[] values = {0.1, -0.0, Double.MIN_VALUE, Double.POSITIVE_INFINITY, Double.NaN};
    for (int[] keys : cases) {
      byte[] bytes = StateCodec.encode(new Arrays(keys, values, new int[][] {keys, {3}}));
      Arrays back = StateCodec.decode(bytes, Arrays.class);
      assertArrayEquals(keys, back.keys());
      assertArrayEquals(values, back.values());
      assertArrayEquals(new int[][] {keys, {3}}, back.genotypes());
    }
  }

  @Test
  void genes_of_a_pool_of_two_hundred_take_a_byte_each() {
    int[] keys = new SplittableRandom(1).ints(9_000, 0, 201).toArray();
    assertTrue(StateCodec.encode(new Arrays(keys, new double[0], null)).length < 9_100);
  }

  @Test
  void bytes_that_are_no_array_are_refused() throws IOException {
    byte[] whole = StateCodec.encode(new Arrays(new int[] {300, 4}, new double[] {1}, null));
    for (byte[] keys : new byte[][] {{}, {3, 0, 0, 0}, {2, 0}}) {
      ObjectNode tree = (ObjectNode) StateCodec.CBOR.readTree(whole);
      byte[] damaged = StateCodec.CBOR.writeValueAsBytes(tree.put("keys", keys));
      assertThrows(UncheckedIOException.class, () -> StateCodec.decode(damaged, Arrays.class));
    }
    ObjectNode tree = (ObjectNode) StateCodec.CBOR.readTree(whole);
    byte[] damaged = StateCodec.CBOR.writeValueAsBytes(tree.put("values", new byte[7]));
    assertThrows(UncheckedIOException.class, () -> StateCodec.decode(damaged, Arrays.class));
  }
}
