package encas.moea.gomea;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EntropyTest {

  /** The whole table of cells, empty ones too, as the published program has it. */
  private static double dense(long[] cells, int number) {
    double[] cumulative = new double[number];
    int[] counts = new int[number];
    for (long cell : cells) {
      counts[(int) cell]++;
    }
    for (int t = 0; t < number; t++) {
      double probability = (double) counts[t] / cells.length;
      cumulative[t] = t == 0 ? probability : probability + cumulative[t - 1];
    }
    cumulative[number - 1] = 1.0;
    double entropy = 0.0;
    for (int t = 0; t < number; t++) {
      double p = t == 0 ? cumulative[0] : cumulative[t] - cumulative[t - 1];
      entropy += p > 0 ? -p * (NaturalLogarithm.of(p) / 0.6931471805599453) : 0.0;
    }
    return entropy;
  }

  @Test
  void of_the_cells_that_occur_is_to_the_last_bit_that_of_the_whole_table() {
    long seed = 1_948L;
    var random = new SplittableRandom(seed);
    Entropy entropy = new Entropy();
    for (int round = 0; round < 3000; round++) {
      int number = 1 + random.nextInt(200);
      int used = 1 + random.nextInt(number); // the last cells often stay empty
      long[] cells = random.longs(1 + random.nextInt(300), 0, used).toArray();
      assertEquals(dense(cells, number), entropy.of(cells.clone(), number), "seed " + seed);
    }
  }
}
