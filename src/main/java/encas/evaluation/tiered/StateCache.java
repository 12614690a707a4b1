package encas.evaluation.tiered;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The states of multisets of models, least recently used ones given up first; shared by the threads
 * of a JVM. Split in shards, each under its own lock, which is held to look up and to make room. A
 * state that a thread works on is never given up; arrays are used again.
 *
 * <p>What is cached never changes a result.
 */
final class StateCache {
  private static final int SHARDS = 64;
  private static final int LEAST_STATES = 16;

  private final Shard[] shards;

  /**
   * An empty cache.
   *
   * @param bytes most memory for states; one state at least
   * @param samples samples of a state, each a byte
   */
  StateCache(long bytes, int samples) {
    int words = ExitState.words(samples);
    long states = Math.max(1, bytes / Math.max(1, (long) words * ExitState.PLANES * Long.BYTES));
    int count = 1;
    while (count < SHARDS && states / (count * 2L) >= LEAST_STATES) {
      count *= 2;
    }
    StateSlabs slabs = new StateSlabs(words, states);
    shards = new Shard[count];
    for (int i = 0; i < count; i++) {
      shards[i] = new Shard((int) Math.min(Integer.MAX_VALUE, states / count), slabs, words);
    }
  }

  /** The state of a multiset, held until it is closed. */
  Held acquire(ModelMultiset models) {
    return shards[((models.hashCode() * 0x9E3779B9) >>> 16) & (shards.length - 1)].acquire(models);
  }

  /** How often states were looked up, and found. */
  CacheUses uses() {
    long lookups = 0;
    long hits = 0;
    for (Shard shard : shards) {
      synchronized (shard) {
        lookups += shard.lookups;
        hits += shard.hits;
      }
    }
    return new CacheUses(lookups, hits);
  }

  /** A state in use, until it is closed. */
  static final class Held implements AutoCloseable {
    private final Shard shard;
    private final ExitState state;
    private int users;

    private Held(Shard shard, ExitState state) {
      this.shard = shard;
      this.state = state;
    }

    /** A state that no cache gives up. */
    static Held of(ExitState state) {
      return new Held(null, state);
    }

    ExitState state() {
      return state;
    }

    @Override
    public void close() {
      if (shard != null) {
        synchronized (shard) {
          users--;
        }
      }
    }
  }

  private static final class Shard {
    private final Map<ModelMultiset, Held> states = new LinkedHashMap<>(16, 0.75f, true);
    private final Deque<ExitState> free = new ArrayDeque<>();
    private final int capacity;
    private final StateSlabs slabs;
    private final int words;
    private long lookups;
    private long hits;

    Shard(int capacity, StateSlabs slabs, int words) {
      this.capacity = capacity;
      this.slabs = slabs;
      this.words = words;
    }

    synchronized Held acquire(ModelMultiset models) {
      Held held = states.get(models);
      lookups++;
      hits += held == null ? 0 : 1;
      if (held == null) {
        makeRoom();
        held = new Held(this, unknown());
        states.put(models.snapshot(), held);
      }
      held.users++;
      return held;
    }

    /** Where every state is in use the cache grows, by no more than the threads there are. */
    private void makeRoom() {
      Iterator<Held> eldest = states.values().iterator();
      while (states.size() >= capacity && eldest.hasNext()) {
        Held held = eldest.next();
        if (held.users == 0) {
          eldest.remove();
          free.push(held.state);
        }
      }
    }

    private ExitState unknown() {
      ExitState state = free.poll();
      if (state == null) {
        return slabs.next();
      }
      state.clear(words);
      return state;
    }
  }
}
