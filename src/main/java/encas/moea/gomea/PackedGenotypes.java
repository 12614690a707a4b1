package encas.moea.gomea;

import encas.moea.Problem;
import java.util.Arrays;

/**
 * Genotypes packed into words for Hamming distances: a lane of 8 bits a gene where no alphabet has
 * more than 256 values, of 16 up to 65,536, else of 32. Equal lanes mean equal genes, since the
 * values of a gene differ by less than a lane holds.
 */
final class PackedGenotypes {
  private static final int[] LANE_BITS = {8, 16};
  private static final int WIDE = 32;

  private final int laneBits;
  private final int lanes;

  /** The highest bit of each lane. */
  private final long tops;

  /** {@code [words x genotypes]}. */
  private final long[][] words;

  PackedGenotypes(Problem problem) {
    long largest = 0;
    for (int gene = 0; gene < problem.genes(); gene++) {
      largest = Math.max(largest, (long) problem.upper(gene) - problem.lower(gene));
    }
    long values = largest;
    this.laneBits =
        Arrays.stream(LANE_BITS).filter(bits -> values <= 1L << bits).findFirst().orElse(WIDE);
    this.lanes = Long.SIZE / laneBits;
    // All ones by a lane's ones is a one in each lane; moved to its top.
    this.tops = Long.divideUnsigned(-1L, (1L << laneBits) - 1) << (laneBits - 1);
    this.words = new long[(problem.genes() + lanes - 1) / lanes][16];
  }

  void set(int position, int[] genotype) {
    for (int word = 0; word < words.length; word++) {
      words[word][position] = pack(genotype, word);
    }
  }

  private long pack(int[] genotype, int word) {
    long packed = 0;
    int end = Math.min(genotype.length, (word + 1) * lanes);
    for (int gene = end - 1; gene >= word * lanes; gene--) {
      packed = packed << laneBits | (genotype[gene] & ((1L << laneBits) - 1));
    }
    return packed;
  }

  void resize(int capacity) {
    for (int word = 0; word < words.length; word++) {
      words[word] = Arrays.copyOf(words[word], capacity);
    }
  }

  void move(int from, int to, int number) {
    for (long[] word : words) {
      System.arraycopy(word, from, word, to, number);
    }
  }

  /**
   * Smallest distance of a genotype to the first {@code size} but one; stops at any distance of
   * {@code enough} or less. The largest int if there are no others.
   */
  int distance(int[] genotype, int size, int except, int enough) {
    long[] wanted = new long[words.length];
    Arrays.setAll(wanted, word -> pack(genotype, word));
    return Math.min(
        distance(wanted, 0, except, enough), distance(wanted, except + 1, size, enough));
  }

  private int distance(long[] wanted, int from, int to, int enough) {
    int smallest = Integer.MAX_VALUE;
    for (int i = from; i < to && smallest > enough; i++) {
      int distance = 0;
      for (int word = 0; word < wanted.length; word++) {
        distance += lanesSet(words[word][i] ^ wanted[word]);
      }
      smallest = Math.min(smallest, distance);
    }
    return smallest;
  }

  /** Number of lanes that are not 0: what is below a lane's top bit carries into it. */
  private int lanesSet(long word) {
    return Long.bitCount(((word & ~tops) + ~tops | word) & tops);
  }
}
