package encas.outputs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RowsDigestTest {
  private static final long SEED = 20261128;

  @Test
  void the_fingerprint_is_the_sum_of_the_rows_hashes_modulo_2_to_256() {
    List<OutputRow> rows = rows(500);
    BigInteger sum = BigInteger.ZERO;
    for (OutputRow row : rows) {
      ByteBuffer bytes = ByteBuffer.allocate(12 + 2 * row.classes()).order(ByteOrder.LITTLE_ENDIAN);
      bytes.putLong(row.sample()).putInt(row.label());
      for (short half : row.probabilities()) {
        bytes.putShort(half);
      }
      sum = sum.add(new BigInteger(1, Sha256.newDigest().digest(bytes.array())));
    }
    String expected = String.format("%064x", sum.mod(BigInteger.TWO.pow(256)));
    assertEquals(expected, of(rows).sha256(), "seed " + SEED);
  }

  @Test
  void parts_in_any_order_add_up_to_the_whole() {
    List<OutputRow> rows = rows(200);
    RowsDigest whole = of(rows);
    List<OutputRow> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, new Random(SEED));
    RowsDigest parts = of(shuffled.subList(120, 200));
    parts.add(of(List.of()));
    parts.add(of(shuffled.subList(0, 120)));
    assertEquals(whole.sha256(), parts.sha256(), "seed " + SEED);
    assertEquals(whole.rows(), parts.rows());
    assertEquals(whole.accuracy(), parts.accuracy());
  }

  @Test
  void a_row_that_is_missing_doubled_or_another_samples_changes_it() {
    List<OutputRow> rows = rows(10);
    String sound = of(rows).sha256();
    assertNotEquals(sound, of(rows.subList(0, 9)).sha256());
    List<OutputRow> doubled = new ArrayList<>(rows);
    doubled.set(3, rows.get(4));
    assertNotEquals(sound, of(doubled).sha256());
    List<OutputRow> exchanged = new ArrayList<>(rows);
    exchanged.set(3, OutputRow.ofHalves(3, rows.get(4).label(), rows.get(4).probabilities()));
    exchanged.set(4, OutputRow.ofHalves(4, rows.get(3).label(), rows.get(3).probabilities()));
    assertNotEquals(sound, of(exchanged).sha256());
  }

  @Test
  void without_labels_there_is_no_accuracy() {
    RowsDigest digest = new RowsDigest();
    digest.add(OutputRow.ofLogits(0, -1, new float[] {1, 2}));
    assertNull(digest.accuracy());
  }

  private static RowsDigest of(List<OutputRow> rows) {
    RowsDigest digest = new RowsDigest();
    rows.forEach(digest::add);
    return digest;
  }

  private static List<OutputRow> rows(int count) {
    Random random = new Random(SEED);
    List<OutputRow> rows = new ArrayList<>();
    for (int sample = 0; sample < count; sample++) {
      float[] logits = {random.nextFloat(), random.nextFloat(), random.nextFloat()};
      rows.add(OutputRow.ofLogits(sample, random.nextInt(3), logits));
    }
    return rows;
  }
}
