package encas.moea;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Every genotype whose objectives are known, with them. Open addressing over flat arrays, entries
 * in the order in which they came: no object an entry, and 16 to 32 bytes of the table. They lie in
 * chunks, which are never written again once they are full, so that a snapshot shares them and
 * copies the last one alone.
 *
 * <p>The table goes along with a snapshot's keys, see {@link Handover}: whoever goes on first, the
 * memo itself or one made from the snapshot, has it; others make theirs anew from the entries.
 */
public final class EvaluationMemo {
  /** Entries of a chunk. */
  private static final int CHUNK = 1 << 10;

  private static final long FREE = 0;
  private static final int LEAST_TABLE = 128;

  private final int genes;
  private final int objectives;
  private final List<int[]> keys = new ArrayList<>();
  private final List<double[]> values = new ArrayList<>();

  /**
   * In each slot an entry's hash, above its number counted from 1; null while a snapshot has it.
   */
  private long[] table;

  /** The keys of the last snapshot, its own or the one that it was made from. */
  private List<int[]> told;

  private int size;

  /** An empty memo. */
  public EvaluationMemo(int genes, int objectives) {
    this(genes, objectives, List.of(), List.of());
  }

  /** A memo of the entries of another, as {@link #keys} and {@link #values} tell them. */
  public EvaluationMemo(int genes, int objectives, List<int[]> keys, List<double[]> values) {
    this.genes = genes;
    this.objectives = objectives;
    for (int chunk = 0; chunk < keys.size(); chunk++) {
      this.keys.add(whole(keys.get(chunk), genes));
      this.values.add(whole(values.get(chunk), objectives));
      size += keys.get(chunk).length / genes;
    }
    told = keys;
  }

  /** The table, taken over or made anew if a snapshot has it. */
  private long[] table() {
    if (table == null) {
      table = Handover.take(told, long[].class);
      if (table == null) {
        table = new long[tableFor(size)];
        for (int entry = 0; entry < size; entry++) {
          insert(entry, hash(keys.get(entry / CHUNK), entry % CHUNK * genes));
        }
      }
    }
    return table;
  }

  /** The length that growing leads to: a power of two, at most half full. */
  private static int tableFor(int entries) {
    int slots = Math.max(LEAST_TABLE, Math.multiplyExact(entries, 2));
    return Math.multiplyExact(Integer.highestOneBit(slots - 1), 2);
  }

  private static int[] whole(int[] chunk, int width) {
    return chunk.length == CHUNK * width ? chunk : Arrays.copyOf(chunk, CHUNK * width);
  }

  private static double[] whole(double[] chunk, int width) {
    return chunk.length == CHUNK * width ? chunk : Arrays.copyOf(chunk, CHUNK * width);
  }

  public int size() {
    return size;
  }

  /** The genotypes, chunk by chunk, {@code [entries x genes]} each; not to be written. */
  public List<int[]> keys() {
    if (table != null) {
      List<int[]> now = new ArrayList<>(keys);
      if (size % CHUNK != 0) {
        now.set(size / CHUNK, Arrays.copyOf(keys.get(size / CHUNK), size % CHUNK * genes));
      }
      told = Handover.of(now, table);
      table = null;
    }
    return told;
  }

  /** Their objectives, {@code [entries x objectives]}; not to be written. */
  public List<double[]> values() {
    List<double[]> now = new ArrayList<>(values);
    if (size % CHUNK != 0) {
      now.set(size / CHUNK, Arrays.copyOf(values.get(size / CHUNK), size % CHUNK * objectives));
    }
    return now;
  }

  /** Copies the known values into {@code into}; false if the genotype is not known. */
  public boolean find(int[] genotype, double[] into) {
    return copy(entry(genotype, hash(genotype, 0)), into);
  }

  /** Adds a genotype; nothing happens if it is known. */
  public void put(int[] genotype, double[] known) {
    int hash = hash(genotype, 0);
    if (entry(genotype, hash) < 0) {
      add(genotype, hash, known);
    }
  }

  /**
   * The values of a genotype; unknown, they are asked for once and kept.
   *
   * @param into gets the values
   * @param unknown fills in the values of a genotype that is not known; leaves this memo alone
   * @return true if they were known
   */
  public boolean findOrPut(int[] genotype, double[] into, Consumer<double[]> unknown) {
    int hash = hash(genotype, 0);
    if (copy(entry(genotype, hash), into)) {
      return true;
    }
    unknown.accept(into);
    add(genotype, hash, into);
    return false;
  }

  private boolean copy(int entry, double[] into) {
    if (entry < 0) {
      return false;
    }
    double[] chunk = values.get(entry / CHUNK);
    System.arraycopy(chunk, entry % CHUNK * objectives, into, 0, objectives);
    return true;
  }

  private void add(int[] genotype, int hash, double[] known) {
    int at = size % CHUNK;
    if (at == 0) {
      keys.add(new int[CHUNK * genes]);
      values.add(new double[CHUNK * objectives]);
    }
    System.arraycopy(genotype, 0, keys.get(size / CHUNK), at * genes, genes);
    System.arraycopy(known, 0, values.get(size / CHUNK), at * objectives, objectives);
    insert(size++, hash);
    if (size * 2L > table.length) {
      grow();
    }
  }

  private void grow() {
    long[] old = table;
    table = new long[Math.multiplyExact(old.length, 2)];
    for (long slot : old) {
      if (slot != FREE) {
        insert(slot);
      }
    }
  }

  private void insert(int entry, int hash) {
    insert((long) hash << Integer.SIZE | (entry + 1));
  }

  private void insert(long slot) {
    int at = (int) (slot >>> Integer.SIZE) & (table.length - 1);
    while (table[at] != FREE) {
      at = (at + 1) & (table.length - 1);
    }
    table[at] = slot;
  }

  /** The number of a genotype's entry, or -1. */
  private int entry(int[] genotype, int hash) {
    long[] slots = table();
    int at = hash & (slots.length - 1);
    while (slots[at] != FREE) {
      int entry = (int) slots[at] - 1;
      if ((int) (slots[at] >>> Integer.SIZE) == hash && equalsEntry(genotype, entry)) {
        return entry;
      }
      at = (at + 1) & (slots.length - 1);
    }
    return -1;
  }

  private boolean equalsEntry(int[] genotype, int entry) {
    int from = entry % CHUNK * genes;
    return Arrays.equals(genotype, 0, genes, keys.get(entry / CHUNK), from, from + genes);
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
