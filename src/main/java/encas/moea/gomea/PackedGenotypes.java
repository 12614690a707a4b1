package encas.moea.gomea;

import encas.moea.Problem;
import java.util.Arrays;

/**
 * Genotypes packed into words for Hamming distances: for each gene a lane as wide as the largest
 * alphabet needs. Equal lanes mean equal genes, since the values of a gene differ by less than a
 * lane holds.
 */
final class PackedGenotypes {
  private final int laneBits;
  private final int lanes;

  /** The highest bit of each lane. */
  private final long tops;

  /** {@code [words x genotypes]}. */
  private final long[][] words;

  PackedGenotypes(Problem problem) {
    long largest = 2;
    for (int gene = 0; gene < problem.genes(); gene++) {
      largest = Math.max(largest, (long) problem.upper(gene) - problem.lower(gene));
    }
    this.laneBits = Long.SIZE - Long.numberOfLeadingZeros(largest - 1);
    this.lanes = Long.SIZE / laneBits;
    long top = 0;
    for (int lane = 1; lane <= lanes; lane++) {
      top |= 1L << (lane * laneBits - 1);
    }
    this.tops = top;
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
    long[] first = words[0];
    for (int i = from; i < to && smallest > enough; i++) {
      int distance = lanesSet(first[i] ^ wanted[0]);
      for (int word = 1; word < wanted.length; word++) {
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
