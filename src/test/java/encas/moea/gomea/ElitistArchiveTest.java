package encas.moea.gomea;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.moea.Problem;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElitistArchiveTest {
  private static final int OFFERS = 3000;

  /**
   * Values on both sides of 0, with ties, near-ties below 1e-5 and a front that outgrows targets.
   *
   * @param largest of each gene's values, which are even where they are far apart
   */
  private record Crowd(int genes, int largest, int objectives) implements Problem {
    @Override
    public int lower(int gene) {
      return -largest;
    }

    @Override
    public int upper(int gene) {
      return largest + 1;
    }

    @Override
    public double[] evaluate(int[] x) {
      double[] values = new double[objectives];
      for (int j = 0; j < objectives; j++) {
        values[j] = 4e-6 * Math.floorMod(x[genes - 1], 3);
        for (int g = 0; g < genes - 1; g++) {
          values[j] += g % objectives == j ? x[g] : -0.5 * x[g];
        }
      }
      return values;
    }

    int[] random(SplittableRandom random) {
      return random.ints(genes, -largest, largest + 1).toArray();
    }
  }

  @ParameterizedTest
  @CsvSource({"5,6,2,20", "5,6,2,100000", "5,60,2,30", "4,5,3,25", "6,40000,2,40", "5,6,4,60"})
  void the_published_archive_does_what_its_description_says_word_for_word(
      int genes, int largest, int objectives, int target) {
    Crowd problem = new Crowd(genes, largest, objectives);
    long seed = 61L + objectives + target;
    var random = new SplittableRandom(seed);
    var archive = new PublishedArchive(problem, target);
    var literal = new LiteralArchive(target);
    for (int i = 0; i < OFFERS; i++) {
      int[] genotype = problem.random(random);
      double[] values = problem.evaluate(genotype);
      boolean replacing = random.nextInt(4) > 0;
      assertEquals(
          literal.offer(genotype, values, replacing),
          archive.offer(genotype, values, replacing),
          "seed " + seed + ", offer " + i);
      if (i % 50 == 49) {
        literal.adapt();
        archive.adapt();
        assertEquals(literal.isDiscretised(), archive.isDiscretised());
        assertSame(literal, archive, "seed " + seed + ", offer " + i);
      }
    }
  }

  private static void assertSame(LiteralArchive literal, ElitistArchive archive, String where) {
    assertEquals(literal.members().size(), archive.size(), where);
    for (int i = 0; i < archive.size(); i++) {
      assertArrayEquals(literal.members().get(i).genotype(), archive.member(i).genotype(), where);
      assertArrayEquals(literal.members().get(i).values(), archive.member(i).values(), where);
    }
  }

  @ParameterizedTest
  @CsvSource({"5,6,20", "5,6,100000", "5,60,30", "6,40000,40"})
  void with_two_objectives_the_sorted_archive_is_the_scanned_one(
      int genes, int largest, int target) {
    Crowd problem = new Crowd(genes, largest, 2);
    long seed = 93L + target;
    var random = new SplittableRandom(seed);
    var sorted = new SortedArchive(problem, target);
    var scanned = new ScannedArchive(problem, target);
    for (int i = 0; i < OFFERS; i++) {
      int[] genotype = problem.random(random);
      double[] values = problem.evaluate(genotype);
      boolean replacing = random.nextInt(4) > 0;
      assertEquals(
          scanned.offer(genotype, values, replacing),
          sorted.offer(genotype, values, replacing),
          "seed " + seed + ", offer " + i);
      if (i % 50 == 49) {
        sorted.adapt();
        scanned.adapt();
        assertEquals(scanned.isDiscretised(), sorted.isDiscretised());
        assertArrayEquals(scanned.state().genotypes(), sorted.state().genotypes(), "seed " + seed);
        assertArrayEquals(scanned.best(0).values(), sorted.best(0).values());
        assertArrayEquals(scanned.best(1).values(), sorted.best(1).values());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"2,20", "3,20", "4,30", "2,100000"})
  void the_fixed_archive_never_holds_a_dominated_member_or_two_in_a_box(
      int objectives, int target) {
    Crowd problem = new Crowd(5, 9, objectives);
    long seed = 7L * objectives + target;
    var random = new SplittableRandom(seed);
    ElitistArchive archive = Variant.FIXED.rules().archive(problem, target);
    for (int i = 0; i < 1500; i++) {
      int[] genotype = problem.random(random);
      archive.offerReplacing(genotype, problem.evaluate(genotype));
      if (i % 50 == 49) {
        archive.adapt();
        assertSound(archive, "seed " + seed);
      }
    }
  }

  private static void assertSound(ElitistArchive archive, String where) {
    Rules rules = Variant.FIXED.rules();
    for (int i = 0; i < archive.size(); i++) {
      double[] values = archive.member(i).values();
      for (int k = 0; k < archive.size(); k++) {
        assertFalse(rules.dominates(archive.member(k).values(), values), where);
        assertFalse(i != k && archive.sharesBox(k, values, archive.boxOf(values)), where);
      }
    }
  }

  @Test
  void a_newcomer_finds_the_member_in_its_box_behind_those_that_it_dominates() {
    var archive = new SortedArchive(new Crowd(2, 9, 2), 100);
    // Boxes of side 1. The newcomer's box holds the first member; it dominates the second.
    archive.restore(
        new MoGomeaState.ArchiveState(
            new int[][] {{1, 1}, {2, 2}},
            new double[][] {{5.7, 3.1}, {4.0, 3.5}},
            new double[] {1, 1},
            new double[] {0, 0}));
    assertEquals(Offer.OCCUPIED, archive.offer(new int[] {3, 3}, new double[] {5.5, 3.9}));
  }

  @Test
  void the_fixed_archive_grows_to_its_bound_and_is_thinned_to_its_target() {
    Crowd problem = new Crowd(4, 200, 2);
    ElitistArchive archive = Variant.FIXED.rules().archive(problem, 100);
    for (int i = -150; i < 150; i++) {
      archive.offer(new int[] {i, 0, 0, 0}, new double[] {i, -i});
    }
    assertEquals(300, archive.size());
    archive.adapt();
    assertTrue(archive.isDiscretised());
    assertTrue(archive.size() >= 75 && archive.size() <= 125, "size " + archive.size());
  }
}
