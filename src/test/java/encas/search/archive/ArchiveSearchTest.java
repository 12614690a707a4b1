package encas.search.archive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.cascade.Cascade;
import encas.cascade.CascadeEncoding;
import encas.cascade.CascadeEncoding.Mode;
import encas.search.checkpoint.StateCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchiveSearchTest {
  private static final int MODELS = 9;
  private static final int KNOWN_AT_FIRST = 3;

  private static Cascade single(int model) {
    return new Cascade(new int[] {model}, new int[0]);
  }

  /**
   * What is searched.
   *
   * @param free the cost axis on which a model costs nothing, so that it is linear; -1 for none
   */
  private record Searched(CascadeEncoding encoding, int axes, int free, Focus focus) {
    double[][] costs() {
      double[][] costs = new double[axes][MODELS];
      for (int axis = 0; axis < axes; axis++) {
        for (int model = 0; model < MODELS; model++) {
          costs[axis][model] = 1 + (model * (axis + 2) + axis) % MODELS;
        }
      }
      if (free >= 0) {
        costs[free][0] = 0;
      }
      return costs;
    }

    /** Some objectives that follow from the genotype, many of them on the front. */
    double[] objectives(int[] genotype) {
      var random = new SplittableRandom(Arrays.hashCode(genotype));
      int error = random.nextInt(1, 60);
      double[] objectives = new double[1 + axes];
      objectives[0] = error;
      for (int j = 1; j <= axes; j++) {
        objectives[j] = 60 - error + random.nextInt(1, 20);
      }
      return objectives;
    }
  }

  /** A search, and the genotypes that it has asked for; nobody is told one's objectives twice. */
  private static final class Branch {
    private final Searched searched;
    private final Set<List<Integer>> seen;
    private final ArchiveSearch search;

    Branch(Searched searched) {
      this.searched = searched;
      this.seen = new HashSet<>();
      this.search =
          new ArchiveSearch(this::ofNew, searched.encoding(), searched.costs(), searched.focus());
      for (int model = 1; model <= KNOWN_AT_FIRST; model++) {
        search.receive(single(model), ofNew(searched.encoding().encode(single(model))));
      }
    }

    Branch(Searched searched, Set<List<Integer>> seen, ArchiveState state) {
      this.searched = searched;
      this.seen = new HashSet<>(seen);
      this.search =
          new ArchiveSearch(
              this::ofNew, searched.encoding(), searched.costs(), searched.focus(), state);
    }

    private double[] ofNew(int[] genotype) {
      boolean isNew = seen.add(Arrays.stream(genotype).boxed().toList());
      return isNew ? searched.objectives(genotype) : null;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "CASCADE, 1, -1, 1",
    "CASCADE, 1, 0, 3",
    "CASCADE, 2, 1, 1",
    "CASCADE, 2, -1, 3",
    "CASCADE, 3, 2, 3",
    "ENSEMBLE, 1, 0, 1",
    "ENSEMBLE, 2, 0, 3",
    "ENSEMBLE, 3, 1, 1"
  })
  void all_that_go_on_from_one_snapshot_go_the_same_way(Mode mode, int axes, int free, int parts) {
    var encoding = new CascadeEncoding(MODELS, mode == Mode.CASCADE ? 2 : 3, mode);
    Focus focus = parts == 1 ? Focus.EVERYWHERE : new Focus(1, parts);
    Searched searched = new Searched(encoding, axes, free, focus);
    Branch main = new Branch(searched);
    double escapes = 0;
    boolean idle = false;
    List<Long> unknown = new ArrayList<>();
    for (int epoch = 0; epoch < 20; epoch++) {
      ArchiveState state = main.search.state();
      unknown.add(DoubleStream.of(state.errors()).filter(Double::isNaN).count());
      idle |= state.idle() > 0;
      byte[] bytes = StateCodec.encode(state);
      ArchiveState read = StateCodec.decode(bytes, ArchiveState.class);
      List<Branch> further =
          List.of(
              new Branch(searched, main.seen, state),
              main,
              new Branch(searched, main.seen, state),
              new Branch(searched, main.seen, read));
      List<byte[]> ends = new ArrayList<>();
      for (Branch one : further) {
        assertEquals(one.search.front().size(), one.search.news().size(), "not all are news");
        assertEquals(0, one.search.news().size());
        var random = new SplittableRandom(epoch);
        for (int step = 0; step < 60; step++) {
          one.search.step(random);
          escapes += one == main ? Math.min(1, 3 * one.search.duplicates()) : 0;
        }
        ends.add(StateCodec.encode(one.search.state()));
        byte[] again = StateCodec.encode(one.search.state());
        assertArrayEquals(ends.get(ends.size() - 1), again, "asked twice");
      }
      for (byte[] end : ends) {
        assertArrayEquals(ends.get(0), end, "epoch " + epoch);
      }
      assertArrayEquals(bytes, StateCodec.encode(state), "epoch " + epoch);
      main = further.get(epoch % further.size());
    }
    assertTrue(main.search.front().size() > 2, "a front of " + main.search.front().size());
    assertTrue(main.search.duplicates() > 0);
    assertTrue(escapes > 20, escapes + " escapes expected");
    assertTrue(idle, "no epoch ended with a known proposal");
    assertEquals(MODELS - KNOWN_AT_FIRST, unknown.get(0));
    assertTrue(unknown.get(19) < unknown.get(0), "unknown: " + unknown);
  }
}
