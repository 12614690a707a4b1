package encas.moea.gomea;

import encas.moea.Problem;
import java.util.Arrays;

/**
 * The members of an archive, in an order: genotype, values, and the box if there are boxes. Every
 * offer may read all of them, so they lie in flat arrays; genotypes once more packed into words,
 * whose distances cost a few operations.
 */
final class Members {
  private final PackedGenotypes packed;
  private final double[][] values;
  private final long[][] boxes;
  private int[][] genotypes = new int[16][];
  private int size;

  Members(Problem problem) {
    this.packed = new PackedGenotypes(problem);
    this.values = new double[problem.objectives()][16];
    this.boxes = new long[problem.objectives()][16];
  }

  int size() {
    return size;
  }

  double value(int position, int objective) {
    return values[objective][position];
  }

  /** Not to be written. */
  int[] genotype(int position) {
    return genotypes[position];
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

  /** Puts a member before the one at this position; the genotype is not to be written any more. */
  void insert(int position, int[] genotype, double[] itsValues, long[] box) {
    if (size == genotypes.length) {
      resize(Math.multiplyExact(size, 2));
    }
    move(position, position + 1, size - position);
    size++;
    set(position, genotype, itsValues, box);
  }

  /** Puts a member in the place of the one at this position. */
  void set(int position, int[] genotype, double[] itsValues, long[] box) {
    genotypes[position] = genotype;
    packed.set(position, genotype);
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
    genotypes = Arrays.copyOf(genotypes, capacity);
    packed.resize(capacity);
    for (int j = 0; j < values.length; j++) {
      values[j] = Arrays.copyOf(values[j], capacity);
      boxes[j] = Arrays.copyOf(boxes[j], capacity);
    }
  }

  private void move(int from, int to, int number) {
    System.arraycopy(genotypes, from, genotypes, to, number);
    packed.move(from, to, number);
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
    int[] old = genotypes[position];
    if (Arrays.equals(genotype, old)) {
      return false;
    }
    // Members are at least 1 apart, so the newcomer must be at least 2 away from the others.
    int distance = packed.distance(genotype, size, position, 1);
    return distance > 1 && packed.distance(old, size, position, distance - 1) < distance;
  }
}
