package encas.moea.gomea;

import java.util.Arrays;

/**
 * The members of an archive, in an order: genotype, values, and the box if there are boxes. Every
 * offer may read all of them, so each gene and each objective is an array of its own, in which the
 * members stand one behind the other: 4 bytes x genes and 16 bytes x objectives a member.
 */
final class Members {
  /** Members that are compared at once; small enough to stop soon, large enough for wide loops. */
  private static final int BLOCK = 256;

  private final int[][] genes;
  private final double[][] values;
  private final long[][] boxes;
  private final int[] block = new int[BLOCK];
  private int size;

  Members(int genes, int objectives) {
    this.genes = new int[genes][16];
    this.values = new double[objectives][16];
    this.boxes = new long[objectives][16];
  }

  int size() {
    return size;
  }

  double value(int position, int objective) {
    return values[objective][position];
  }

  int[] genotype(int position) {
    int[] genotype = new int[genes.length];
    for (int g = 0; g < genotype.length; g++) {
      genotype[g] = genes[g][position];
    }
    return genotype;
  }

  double[] values(int position) {
    double[] itsValues = new double[values.length];
    for (int j = 0; j < itsValues.length; j++) {
      itsValues[j] = values[j][position];
    }
    return itsValues;
  }

  /** True if the values are those of a member; zeros of either sign are the same. */
  boolean hasValues(int position, double[] others) {
    for (int j = 0; j < others.length; j++) {
      if (values[j][position] != others[j]) {
        return false;
      }
    }
    return true;
  }

  boolean hasBox(int position, long[] box) {
    for (int j = 0; j < box.length; j++) {
      if (boxes[j][position] != box[j]) {
        return false;
      }
    }
    return true;
  }

  /** Puts a member before the one at this position. */
  void insert(int position, int[] genotype, double[] itsValues, long[] box) {
    if (size == genes[0].length) {
      resize(Math.multiplyExact(size, 2));
    }
    move(position, position + 1, size - position);
    size++;
    set(position, genotype, itsValues, box);
  }

  /** Puts a member in the place of the one at this position. */
  void set(int position, int[] genotype, double[] itsValues, long[] box) {
    for (int g = 0; g < genes.length; g++) {
      genes[g][position] = genotype[g];
    }
    for (int j = 0; j < values.length; j++) {
      values[j][position] = itsValues[j];
    }
    for (int j = 0; j < box.length; j++) {
      boxes[j][position] = box[j];
    }
  }

  /** Drops the members from one position to before another; the rest keeps its order. */
  void remove(int from, int to) {
    move(to, from, size - to);
    size -= to - from;
  }

  private void resize(int capacity) {
    for (int g = 0; g < genes.length; g++) {
      genes[g] = Arrays.copyOf(genes[g], capacity);
    }
    for (int j = 0; j < values.length; j++) {
      values[j] = Arrays.copyOf(values[j], capacity);
      boxes[j] = Arrays.copyOf(boxes[j], capacity);
    }
  }

  private void move(int from, int to, int number) {
    for (int[] gene : genes) {
      System.arraycopy(gene, from, gene, to, number);
    }
    for (int j = 0; j < values.length; j++) {
      System.arraycopy(values[j], from, values[j], to, number);
      System.arraycopy(boxes[j], from, boxes[j], to, number);
    }
  }

  /**
   * True if a genotype's smallest Hamming distance to all members but this one is larger than that
   * member's own. No two members have the same genotype.
   */
  boolean isMoreNovel(int[] genotype, int position) {
    int[] old = genotype(position);
    if (Arrays.equals(genotype, old)) {
      return false;
    }
    // Members are at least 1 apart, so the newcomer must be at least 2 away from the others.
    int distance = distance(genotype, position, 1);
    return distance > 1 && distance(old, position, distance - 1) < distance;
  }

  /**
   * Smallest distance of a genotype to all members but one; stops at any distance of {@code enough}
   * or less. The largest int if there are no others.
   */
  private int distance(int[] genotype, int except, int enough) {
    int smallest = Integer.MAX_VALUE;
    for (int start = 0; start < size && smallest > enough; start += BLOCK) {
      int length = Math.min(BLOCK, size - start);
      Arrays.fill(block, 0);
      for (int g = 0; g < genotype.length; g++) {
        addDifferences(genes[g], start, length, genotype[g], block);
      }
      if (except >= start && except < start + length) {
        block[except - start] = Integer.MAX_VALUE;
      }
      for (int i = 0; i < length; i++) {
        smallest = Math.min(smallest, block[i]);
      }
    }
    return smallest;
  }

  /** Adds 1 wherever a gene is not this value; without a branch, so that it runs on vectors. */
  private static void addDifferences(int[] gene, int start, int length, int value, int[] sums) {
    for (int i = 0; i < length; i++) {
      int different = gene[start + i] ^ value;
      sums[i] += (different | (0 - different)) >>> 31;
    }
  }
}
