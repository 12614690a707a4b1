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

  /** The keys of the snapshot that has the table, or had it last; null while it is here. */
  private List<int[]> snapshot;

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
    snapshot = keys;
  }

  /** The table, taken over or made anew if a snapshot has it. */
  private long[] table() {
    if (table == null) {
      table = Handover.takeOr(snapshot, long[].class, this::tableAnew);
      snapshot = null;
    }
    return table;
  }

  private long[] tableAnew() {
    long[] anew = new long[tableFor(size)];
    for (int entry = 0; entry < size; entry++) {
      insert(anew, slot(entry, hash(keys.get(entry / CHUNK), entry % CHUNK * genes)));
    }
    return anew;
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

  /**
   * The genotypes, chunk by chunk, {@code [entries x genes]} each; not to be written. The table
   * goes along with them, and comes back, or is made anew, when this memo is next asked.
   */
  public List<int[]> keys() {
    if (table != null) {
      List<int[]> now = new ArrayList<>(keys);
      if (size % CHUNK != 0) {
        now.set(size / CHUNK, Arrays.copyOf(keys.get(size / CHUNK), size % CHUNK * genes));
      }
      snapshot = Handover.of(now, table);
      table = null;
    }
    return snapshot;
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
   * @param unknown fills in the values of a genotype that is not known; adds nothing to this memo
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
    long[] slots = table();
    int at = size % CHUNK;
    if (at == 0) {
      keys.add(new int[CHUNK * genes]);
      values.add(new double[CHUNK * objectives]);
    }
    System.arraycopy(genotype, 0, keys.get(size / CHUNK), at * genes, genes);
    System.arraycopy(known, 0, values.get(size / CHUNK), at * objectives, objectives);
    insert(slots, slot(size++, hash));
    if (size * 2L > slots.length) {
      table = twice(slots);
    }
  }

  private static long[] twice(long[] slots) {
    long[] twice = new long[Math.multiplyExact(slots.length, 2)];
    for (long slot : slots) {
      if (slot != FREE) {
        insert(twice, slot);
      }
    }
    return twice;
  }

  private static long slot(int entry, int hash) {
    return (long) hash << Integer.SIZE | (entry + 1);
  }

  private static void insert(long[] slots, long slot) {
    int at = (int) (slot >>> Integer.SIZE) & (slots.length - 1);
    while (slots[at] != FREE) {
      at = (at + 1) & (slots.length - 1);
    }
    slots[at] = slot;
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
