package encas.cascade;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CascadeEncodingTest {
  private final CascadeEncoding encoding = new CascadeEncoding(24, 3, CascadeEncoding.Mode.CASCADE);

  @Test
  void a_no_op_is_skipped_with_the_threshold_that_guards_it() {
    assertEquals(
        new Cascade(new int[] {5, 9}, new int[] {40}),
        encoding.decode(new int[] {5, 0, 9, 10, 40}));
    assertEquals(
        new Cascade(new int[] {7, 9}, new int[] {40}),
        encoding.decode(new int[] {0, 7, 9, 10, 40}));
    assertEquals(
        new Cascade(new int[] {5, 7}, new int[] {10}),
        encoding.decode(new int[] {5, 7, 0, 10, 40}));
  }

  @Test
  void only_no_ops_are_the_empty_cascade() {
    assertEquals(Cascade.EMPTY, encoding.decode(new int[] {0, 0, 0, 50, 50}));
  }

  @Test
  void an_ensemble_has_no_thresholds_and_its_models_stand_in_pool_order() {
    var ensembles = new CascadeEncoding(24, 3, CascadeEncoding.Mode.ENSEMBLE);
    assertEquals(3, ensembles.genes());
    assertEquals(new Cascade(new int[] {2, 9}, new int[0]), ensembles.decode(new int[] {9, 0, 2}));
  }

  @Test
  void encoding_and_decoding_a_cascade_gives_it_back() {
    long seed = 20240917L;
    var random = new SplittableRandom(seed);
    for (int i = 0; i < 1000; i++) {
      int[] genotype = new int[encoding.genes()];
      for (int gene = 0; gene < genotype.length; gene++) {
        genotype[gene] = random.nextInt(encoding.values(gene));
      }
      Cascade cascade = encoding.decode(genotype);
      assertEquals(cascade, encoding.decode(encoding.encode(cascade)), "seed " + seed);
      int[] canonical = encoding.canonical(genotype);
      assertArrayEquals(canonical, encoding.canonical(canonical), "seed " + seed);
    }
  }

  @Test
  void a_threshold_outside_its_range_is_refused_with_stage_and_range() {
    var refused =
        assertThrows(
            IllegalArgumentException.class, () -> new Cascade(new int[] {1, 2}, new int[] {51}));
    assertEquals("threshold gene 51 of stage 2 is outside [0, 50]", refused.getMessage());
  }
}
