package encas.moea;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Every genotype whose objectives are known, with them. Open addressing over flat arrays, entries
 * in the order in which they came: no object an entry, and a snapshot is two copies of arrays.
 */
public final class EvaluationMemo {
  private static final int ABSENT = -1;

  private final int genes;
  private final int objectives;
  private int[] keys;
  private double[] values;
  private int[] table;
  private int size;

  /** An empty memo. */
  public EvaluationMemo(int genes, int objectives) {
    this(genes, objectives, new int[0], new double[0]);
  }

  /** A memo of these entries, {@code [entries x genes]} and {@code [entries x objectives]}. */
  public EvaluationMemo(int genes, int objectives, int[] keys, double[] values) {
    this.genes = genes;
    this.objectives = objectives;
    this.size = keys.length / genes;
    this.keys = Arrays.copyOf(keys, Math.max(64, size * 2) * genes);
    this.values = Arrays.copyOf(values, Math.max(64, size * 2) * objectives);
    rebuild();
  }

  public int size() {
    return size;
  }

  /** The genotypes, {@code [entries x genes]}. */
  public int[] keys() {
    return Arrays.copyOf(keys, size * genes);
  }

  /** Their objectives, {@code [entries x objectives]}. */
  public double[] values() {
    return Arrays.copyOf(values, size * objectives);
  }

  /** Copies the known values into {@code into}; false if the genotype is not known. */
  public boolean find(int[] genotype, double[] into) {
    return find(slot(genotype), into);
  }

  /** Adds a genotype; nothing happens if it is known. */
  public void put(int[] genotype, double[] known) {
    put(slot(genotype), genotype, known);
  }

  /**
   * The values of a genotype; unknown, they are asked for once and kept.
   *
   * @param into gets the values
   * @param unknown fills in the values of a genotype that is not known; leaves this memo alone
   * @return true if they were known
   */
  public boolean findOrPut(int[] genotype, double[] into, Consumer<double[]> unknown) {
    int slot = slot(genotype);
    if (find(slot, into)) {
      return true;
    }
    unknown.accept(into);
    put(slot, genotype, into);
    return false;
  }

  private boolean find(int slot, double[] into) {
    int entry = table[slot];
    if (entry == ABSENT) {
      return false;
    }
    System.arraycopy(values, entry * objectives, into, 0, objectives);
    return true;
  }

  private void put(int slot, int[] genotype, double[] known) {
    if (table[slot] != ABSENT) {
      return;
    }
    if ((size + 1) * genes > keys.length) {
      keys = Arrays.copyOf(keys, Math.multiplyExact(keys.length, 2));
      values = Arrays.copyOf(values, Math.multiplyExact(values.length, 2));
    }
    System.arraycopy(genotype, 0, keys, size * genes, genes);
    System.arraycopy(known, 0, values, size * objectives, objectives);
    table[slot] = size++;
    if (size * 2 > table.length) {
      rebuild();
    }
  }

  private void rebuild() {
    table = new int[Integer.highestOneBit(Math.max(64, size) * 2 - 1) * 2];
    Arrays.fill(table, ABSENT);
    for (int entry = 0; entry < size; entry++) {
      int slot = hash(keys, entry * genes) & (table.length - 1);
      while (table[slot] != ABSENT) {
        slot = (slot + 1) & (table.length - 1);
      }
      table[slot] = entry;
    }
  }

  /** The slot that holds the genotype, or the free one where it belongs. */
  private int slot(int[] genotype) {
    int slot = hash(genotype, 0) & (table.length - 1);
    while (table[slot] != ABSENT && !equalsEntry(genotype, table[slot])) {
      slot = (slot + 1) & (table.length - 1);
    }
    return slot;
  }

  private boolean equalsEntry(int[] genotype, int entry) {
    return Arrays.equals(genotype, 0, genes, keys, entry * genes, entry * genes + genes);
  }

  /** Two genes a step: each step waits for the one before. */
  private int hash(int[] array, int from) {
    int end = from + genes;
    long hash = 0x9E3779B97F4A7C15L;
    for (int i = from; i < end; i += 2) {
      long second = i + 1 < end ? array[i + 1] : 0;
      hash = (hash ^ (second << 32 | array[i] & 0xFFFFFFFFL)) * 0xBF58476D1CE4E5B9L;
      hash ^= hash >>> 29;
    }
    return (int) (hash ^ (hash >>> 32));
  }
}
