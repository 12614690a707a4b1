package encas.search.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import encas.cascade.Cascade;
import encas.cascade.CascadeEncoding;
import encas.search.archive.ArchiveState.LayerState;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayersTest {
  private static final double[][] COSTS = {{1, 2, 3, 4, 5}, {2, 1, 4, 3, 5}, {5, 4, 3, 2, 1}};

  private static Genotypes genotypes(int axes) {
    var encoding = new CascadeEncoding(5, 3, CascadeEncoding.Mode.CASCADE);
    return new Genotypes(encoding, Arrays.copyOf(COSTS, axes));
  }

  private static Member member(int[] models, int threshold, double error, double cost) {
    int[] thresholds = new int[models.length - 1];
    Arrays.fill(thresholds, threshold);
    return member(genotypes(1), new Cascade(models, thresholds), new double[] {error, cost});
  }

  private static Member member(Genotypes genotypes, Cascade cascade, double[] objectives) {
    var encoding = new CascadeEncoding(5, 3, CascadeEncoding.Mode.CASCADE);
    return genotypes.member(cascade, encoding.encode(cascade), objectives, 0);
  }

  private static List<Integer> sizes(Layers layers) {
    return layers.state().stream().map(layer -> layer.visits().length).toList();
  }

  @Test
  void what_the_same_models_beat_is_forgotten_and_other_models_sink_to_the_next_layer() {
    Layers layers = new Layers(1);
    layers.offer(member(new int[] {1, 2}, 10, 20, 5));
    layers.offer(member(new int[] {2, 1}, 11, 21, 6)); // the same models, dominated
    layers.offer(member(new int[] {3, 1}, 12, 22, 7)); // others, dominated
    assertEquals(List.of(1, 1, 0, 0, 0, 0, 0), sizes(layers));
    layers.offer(member(new int[] {1, 2}, 13, 19, 4)); // beats its own kind, which leaves
    assertEquals(List.of(1, 1, 0, 0, 0, 0, 0), sizes(layers));
    layers.offer(member(new int[] {4, 5}, 14, 18, 3)); // beats others, which sink
    assertEquals(List.of(1, 1, 1, 0, 0, 0, 0), sizes(layers));
  }

  /** Epochs end where they like: what is restored must go on as what was not. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void layers_that_are_restored_in_between_hold_what_others_hold(int axes) {
    Genotypes genotypes = genotypes(axes);
    for (int seed = 1; seed <= 20; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Layers whole = new Layers(axes);
      Layers resumed = new Layers(axes);
      for (int i = 0; i < 600; i++) {
        double[] objectives = new double[1 + axes];
        Arrays.setAll(objectives, j -> 1 + random.nextInt(14));
        int[] models = {random.nextInt(1, 6), random.nextInt(1, 6)};
        Cascade cascade = new Cascade(models, new int[] {random.nextInt(1, 51)});
        whole.offer(member(genotypes, cascade, objectives));
        resumed.offer(member(genotypes, cascade, objectives));
        if (i % 37 == 0) {
          resumed = Layers.of(resumed.state(), axes, genotypes);
        }
      }
      List<LayerState> expected = whole.state();
      List<LayerState> actual = resumed.state();
      for (int layer = 0; layer < expected.size(); layer++) {
        String where = "seed " + seed + ", layer " + layer;
        assertEquals(text(expected.get(layer)), text(actual.get(layer)), where);
      }
    }
  }

  private static String text(LayerState layer) {
    return Arrays.deepToString(layer.genotypes()) + Arrays.deepToString(layer.objectives());
  }
}
