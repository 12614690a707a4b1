package encas.moea.gomea;

import java.util.Arrays;

/**
 * Which genes belong together in a cluster: a hierarchy of sets of genes, learnt from the mutual
 * information of its members' genes by UPGMA with nearest-neighbour chains.
 *
 * <p>O(genes<sup>2</sup> x members log members); memory O(genes<sup>2</sup> + members), whatever
 * the alphabets.
 *
 * <p>Source: Thierens, "The linkage tree genetic algorithm", PPSN 2010; Gronau and Moran, "Optimal
 * implementations of UPGMA and other common clustering algorithms", IPL 104(6), 2007.
 */
final class LinkageTree {
  private LinkageTree() {}

  /**
   * The sets to mix: all of the tree's but the last, which is all genes; for a single gene that
   * one.
   *
   * @param genotypes the members' genotypes
   * @param entropy of the search
   */
  static int[][] learn(int[][] genotypes, Alphabet alphabet, Entropy entropy, Draws draws) {
    int genes = alphabet.genes();
    if (genes == 1) {
      return new int[][] {{0}};
    }
    int[] order = draws.ordering(genes);
    double[][] similarity = similarity(genotypes, alphabet, order, entropy);
    int[][] sets = new int[genes][];
    int[][] tree = new int[2 * genes - 1][];
    for (int i = 0; i < genes; i++) {
      sets[i] = new int[] {order[i]};
      tree[i] = sets[i];
    }
    merge(sets, tree, similarity, draws);
    return Arrays.copyOf(tree, 2 * genes - 2);
  }

  private static double[][] similarity(
      int[][] genotypes, Alphabet alphabet, int[] order, Entropy entropy) {
    int[] lower = alphabet.lower();
    int[] values = alphabet.values();
    int genes = alphabet.genes();
    double[] single = new double[genes];
    long[] cells = new long[genotypes.length];
    for (int i = 0; i < genes; i++) {
      for (int m = 0; m < cells.length; m++) {
        cells[m] = (long) genotypes[m][i] - lower[i];
      }
      single[i] = entropy.of(cells, values[i]);
    }
    double[][] similarity = new double[genes][genes];
    for (int a = 0; a < genes; a++) {
      for (int b = a + 1; b < genes; b++) {
        int i = Math.min(order[a], order[b]);
        int j = Math.max(order[a], order[b]);
        for (int m = 0; m < cells.length; m++) {
          cells[m] = (long) (genotypes[m][i] - lower[i]) * values[j] + (genotypes[m][j] - lower[j]);
        }
        double joint = entropy.of(cells, (long) values[i] * values[j]);
        similarity[a][b] = (single[i] + single[j]) - joint;
        similarity[b][a] = similarity[a][b];
      }
    }
    return similarity;
  }

  private static void merge(int[][] sets, int[][] tree, double[][] s, Draws draws) {
    int length = sets.length;
    int next = length;
    IntList chain = new IntList();
    while (length > 1) {
      if (chain.size() == 0) {
        chain.add(draws.below(length));
      }
      while (chain.size() < 3) {
        chain.add(nearest(chain.fromEnd(1), sets, s, length));
      }
      while (chain.fromEnd(3) != chain.fromEnd(1)) {
        int last = chain.fromEnd(1);
        int before = chain.fromEnd(2);
        int nearest = nearest(last, sets, s, length);
        chain.add(s[last][nearest] == s[last][before] ? before : nearest);
      }
      int r0 = Math.min(chain.fromEnd(1), chain.fromEnd(2));
      int r1 = Math.max(chain.fromEnd(1), chain.fromEnd(2));
      chain.dropLast(3);
      if (r1 >= length) {
        continue; // a stale chain: what it names has moved
      }
      tree[next++] = join(sets, s, r0, r1, length);
      chain.replaceFirst(length - 1, r1);
      length--;
    }
  }

  private static int nearest(int a, int[][] sets, double[][] s, int length) {
    int best = a == 0 ? 1 : 0;
    for (int b = 1; b < length; b++) {
      if (b != a
          && (s[a][b] > s[a][best]
              || (s[a][b] == s[a][best] && sets[b].length < sets[best].length))) {
        best = b;
      }
    }
    return best;
  }

  /** Joins set r1 into r0; the last set moves to the place that becomes free. */
  private static int[] join(int[][] sets, double[][] s, int r0, int r1, int length) {
    int[] union = Arrays.copyOf(sets[r0], sets[r0].length + sets[r1].length);
    System.arraycopy(sets[r1], 0, union, sets[r0].length, sets[r1].length);
    double w0 = (double) sets[r0].length / union.length;
    double w1 = (double) sets[r1].length / union.length;
    for (int i = 0; i < length; i++) {
      if (i != r0 && i != r1) {
        s[i][r0] = w0 * s[i][r0] + w1 * s[i][r1];
        s[r0][i] = s[i][r0];
      }
    }
    sets[r0] = union;
    int last = length - 1;
    if (r1 < last) {
      sets[r1] = sets[last];
      for (int i = 0; i < r1; i++) {
        s[i][r1] = s[i][last];
        s[r1][i] = s[i][r1];
      }
      for (int j = r1 + 1; j < last; j++) {
        s[r1][j] = s[j][last];
        s[j][r1] = s[r1][j];
      }
    }
    return union;
  }

  /** A growing list of ints, seen from its end. */
  private static final class IntList {
    private int[] values = new int[16];
    private int size;

    int size() {
      return size;
    }

    void add(int value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, 2 * size);
      }
      values[size++] = value;
    }

    /** 1 is the last entry. */
    int fromEnd(int place) {
      return values[size - place];
    }

    void dropLast(int number) {
      size -= number;
    }

    void replaceFirst(int old, int value) {
      for (int i = 0; i < size; i++) {
        if (values[i] == old) {
          values[i] = value;
          return;
        }
      }
    }
  }
}
