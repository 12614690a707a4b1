package encas.search.archive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.cascade.Cascade;
import encas.cascade.CascadeEncoding;
import encas.search.checkpoint.StateCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveSearchTest {
  private static final int MODELS = 9;

  private final CascadeEncoding encoding =
      new CascadeEncoding(MODELS, 3, CascadeEncoding.Mode.CASCADE);

  private static double[][] costs(int axes) {
    double[][] costs = new double[axes][MODELS];
    for (int axis = 0; axis < axes; axis++) {
      for (int model = 0; model < MODELS; model++) {
        costs[axis][model] = 1 + (model * (axis + 2) + axis) % MODELS;
      }
    }
    return costs;
  }

  /** Some objectives that follow from the genotype, many of them on the front. */
  private static double[] objectives(int[] genotype, int axes) {
    var random = new SplittableRandom(Arrays.hashCode(genotype));
    int error = random.nextInt(1, 60);
    double[] objectives = new double[1 + axes];
    objectives[0] = error;
    for (int j = 1; j <= axes; j++) {
      objectives[j] = 60 - error + random.nextInt(1, 20);
    }
    return objectives;
  }

  private ArchiveSearch atStart(int axes) {
    var search =
        new ArchiveSearch(g -> objectives(g, axes), encoding, costs(axes), Focus.EVERYWHERE);
    for (int model = 1; model <= MODELS; model++) {
      Cascade single = new Cascade(new int[] {model}, new int[0]);
      search.receive(single, objectives(encoding.encode(single), axes));
    }
    return search;
  }

  private ArchiveSearch from(ArchiveState state, int axes) {
    return new ArchiveSearch(
        g -> objectives(g, axes), encoding, costs(axes), Focus.EVERYWHERE, state);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void all_that_go_on_from_one_snapshot_go_the_same_way(int axes) {
    ArchiveSearch search = atStart(axes);
    for (int epoch = 0; epoch < 20; epoch++) {
      ArchiveState state = search.state();
      byte[] bytes = StateCodec.encode(state);
      List<ArchiveSearch> further =
          List.of(
              from(state, axes),
              search,
              from(state, axes),
              from(StateCodec.decode(bytes, ArchiveState.class), axes));
      List<byte[]> ends = new ArrayList<>();
      for (ArchiveSearch one : further) {
        assertEquals(one.front().size(), one.news().size(), "not all are news");
        assertEquals(0, one.news().size());
        var random = new SplittableRandom(epoch);
        for (int step = 0; step < 40; step++) {
          one.step(random);
        }
        ends.add(StateCodec.encode(one.state()));
      }
      for (byte[] end : ends) {
        assertArrayEquals(ends.get(0), end, "epoch " + epoch);
      }
      assertArrayEquals(bytes, StateCodec.encode(state), "epoch " + epoch);
      search = further.get(epoch % further.size());
    }
    assertTrue(search.front().size() > 2, "a front of " + search.front().size());
  }
}
