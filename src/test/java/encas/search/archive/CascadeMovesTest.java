package encas.search.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.cascade.Cascade;
import encas.cascade.CascadeEncoding;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CascadeMovesTest {

  private static Cascade random(CascadeEncoding encoding, Random random) {
    int[] genotype = new int[encoding.genes()];
    do {
      for (int gene = 0; gene < genotype.length; gene++) {
        genotype[gene] = random.nextInt(encoding.values(gene));
      }
    } while (encoding.decode(genotype).size() == 0);
    return encoding.decode(genotype);
  }

  @ParameterizedTest
  @CsvSource({
    "CASCADE, 1, 1",
    "CASCADE, 3, 2",
    "CASCADE, 20, 5",
    "ENSEMBLE, 1, 1",
    "ENSEMBLE, 9, 4"
  })
  void whatever_is_proposed_is_a_cascade_of_the_space(
      CascadeEncoding.Mode mode, int models, int maxModels) {
    long seed = 41;
    Random random = new Random(seed);
    CascadeEncoding encoding = new CascadeEncoding(models, maxModels, mode);
    double[][] costs = new double[2][models];
    Arrays.setAll(costs[0], m -> 1 + m % 3);
    Arrays.setAll(costs[1], m -> models - m);
    ModelChoice choice = new ModelChoice(costs);
    CascadeMoves moves = new CascadeMoves(encoding, choice);
    ModelChoice.Cost[] reaches = ModelChoice.Cost.values();
    for (int i = 0; i < 20_000; i++) {
      if (i % 500 == 0) { // no error is known at first
        choice.learn(1 + random.nextInt(models), random.nextInt(100));
      }
      Cascade child =
          moves.propose(
              random(encoding, random),
              random(encoding, random),
              1 + random.nextInt(6),
              random.nextInt(2),
              reaches[random.nextInt(reaches.length)],
              random);
      int[] genotype = encoding.encode(child); // refuses more than the space's most models
      assertTrue(child.size() >= 1, "seed " + seed);
      assertEquals(child, encoding.decode(genotype), "seed " + seed);
    }
  }

  @ParameterizedTest
  @EnumSource(CascadeEncoding.Mode.class)
  void single_moves_lead_from_any_cascade_to_every_other(CascadeEncoding.Mode mode) {
    Random random = new Random(5);
    CascadeEncoding encoding = new CascadeEncoding(3, 2, mode);
    ModelChoice choice = new ModelChoice(new double[][] {{1, 2, 3}});
    choice.learn(2, 10);
    CascadeMoves moves = new CascadeMoves(encoding, choice);
    Set<Cascade> reached = new HashSet<>();
    Cascade at = new Cascade(new int[] {1}, new int[0]);
    for (int i = 0; i < 200_000; i++) {
      Cascade mate = new Cascade(new int[] {2}, new int[0]);
      at = moves.propose(at, mate, 1, 0, ModelChoice.Cost.ALIKE, random);
      reached.add(at);
    }
    assertEquals(encoding.cascades() - 1, reached.size()); // all but the empty one
  }
}
