package encas.moea.gomea;

import static org.junit.jupiter.api.Assertions.assertEquals;

import encas.moea.Problem;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackedGenotypesTest {

  /** Some number of values for each gene, from some least one on. */
  private record Alphabets(int[] least, int[] values) implements Problem {
    @Override
    public int genes() {
      return least.length;
    }

    @Override
    public int objectives() {
      return 2;
    }

    @Override
    public int lower(int gene) {
      return least[gene];
    }

    @Override
    public int upper(int gene) {
      return least[gene] + values[gene];
    }

    @Override
    public double[] evaluate(int[] x) {
      throw new UnsupportedOperationException();
    }

    /** From -largest to largest in each gene. */
    static Alphabets around0(int genes, int largest) {
      int[] least = new int[genes];
      int[] values = new int[genes];
      Arrays.fill(least, -largest);
      Arrays.fill(values, 2 * largest + 1);
      return new Alphabets(least, values);
    }

    static Alphabets random(int genes, int largest, SplittableRandom random) {
      int[] values = random.ints(genes, 2, largest + 1).toArray();
      values[random.nextInt(genes)] = largest;
      return new Alphabets(random.ints(genes, -200, 200).toArray(), values);
    }

    int any(int gene, SplittableRandom random) {
      return least[gene] + random.nextInt(values[gene]);
    }
  }

  @ParameterizedTest
  @CsvSource({"9,100", "3,40000", "8,32768", "1,5"})
  void distances_of_packed_genotypes_are_hamming_distances(int genes, int largest) {
    long seed = 17L + genes;
    var random = new SplittableRandom(seed);
    int[][] genotypes = new int[50][];
    Arrays.setAll(genotypes, i -> random.ints(genes, -2, 2).map(v -> v * largest / 2).toArray());
    assertHamming(Alphabets.around0(genes, largest), genotypes, "seed " + seed);
  }

  /** Lanes of 1 to 8 bits, so words with and without bits left over, full ones and begun ones. */
  @Test
  void distances_are_hamming_distances_whatever_the_alphabets_and_the_length() {
    long seed = 2_718L;
    var random = new SplittableRandom(seed);
    for (int genes = 1; genes <= 70; genes++) {
      for (int bits = 1; bits <= 8; bits++) {
        int least = 1 + (1 << (bits - 1));
        int largest = random.nextInt(least, Math.min(130, 1 << bits) + 1);
        Alphabets problem = Alphabets.random(genes, largest, random);
        int[][] genotypes = new int[20][genes];
        for (int i = 0; i < genotypes.length; i++) {
          int differing = random.nextInt(1, genes + 1); // from the one before
          for (int gene = 0; gene < genes; gene++) {
            boolean other = i == 0 || random.nextInt(genes) < differing;
            genotypes[i][gene] = other ? problem.any(gene, random) : genotypes[i - 1][gene];
          }
        }
        String where = "seed " + seed + ", " + genes + " genes of " + largest + " values at most";
        assertHamming(problem, genotypes, where);
      }
    }
  }

  private static void assertHamming(Problem problem, int[][] genotypes, String where) {
    int size = genotypes.length;
    var packed = new PackedGenotypes(problem);
    packed.resize(size);
    for (int i = 0; i < size; i++) {
      packed.set(i, genotypes[i]);
    }
    for (int i = 0; i < size; i++) {
      int[] one = genotypes[i];
      int smallest = Integer.MAX_VALUE;
      for (int k = 0; k < size; k++) {
        int[] other = genotypes[k];
        int distance = 0;
        for (int g = 0; g < one.length; g++) {
          distance += one[g] == other[g] ? 0 : 1;
        }
        smallest = k == i ? smallest : Math.min(smallest, distance);
      }
      assertEquals(smallest, packed.distance(one, size, i, 0), where);
    }
  }
}
