package encas.inference;

import encas.config.PrecomputeSpec;
import encas.config.PrecomputeSpec.OnFault;
import encas.outputs.Begun;
import encas.pool.ModelCard;
import encas.pool.ModelCard.InputShape;

/**
 * Batch, chunk and shard sizes. The run file's are taken where it gives some, else those with which
 * the work was begun, else they follow from the pool, the rows and the cluster. A shard that is too
 * small pays for its model's loading and for starting a task; one that is too large leaves devices
 * idle at the end.
 *
 * @param costs nothing measured in them: a plan that is only looked at is that of the run
 * @param taskSeconds how long a task is meant to take
 */
record WorkSizes(PrecomputeSpec spec, CostModel costs, Cluster cluster, double taskSeconds) {
  /**
   * A batch's input up to here stays in a core's second-level cache. For every network of the
   * example this is within 3 % of the fastest of 8, 16, 32, 64, 128 and 256 samples.
   */
  private static final int CPU_BATCH_VALUES = 1 << 16;

  private static final int GPU_BATCH_VALUES = 1 << 25;
  private static final int LARGEST_BATCH = 256;

  /** A chunk is decoded, kept, fetched and lost as one. */
  private static final long CHUNK_BYTES = 48L << 20;

  private static final int LARGEST_CHUNK = 1 << 15;

  /** Enough to keep a large cluster decoding; no more, since each is a task. */
  private static final int MOST_CHUNKS = 256;

  /** A task's part of what a device has to do in all. */
  private static final double SHARE = 0.3;

  /** A task takes at least so many times what loading its model does. */
  private static final double LOADS = 4;

  /**
   * @param sampleSeconds what the models take for all their samples, by {@code costs}
   */
  static WorkSizes of(PrecomputeSpec spec, CostModel costs, Cluster cluster, double sampleSeconds) {
    double share = SHARE * sampleSeconds / cluster.devices();
    return new WorkSizes(spec, costs, cluster, Math.max(LOADS * costs.loadSeconds(), share));
  }

  /**
   * A model's work with its sizes. What earlier rows spare it changes none of them.
   *
   * @param missing what of earlier runs is in it can be used
   * @param shared whether its group decodes for it
   */
  Work work(PlanGroups.Missing missing, boolean shared) {
    ModelCard card = missing.item().card();
    Begun begun = missing.begun();
    EarlierRows earlier = missing.earlier();
    int own = earlier == null ? batch(card) : earlier.batchSize();
    int batch = spec.batchSize().orElse(begun == null ? own : begun.batchSize());
    int shard = begun == null ? shard(card, missing.rows(), shared) : begun.shardSize();
    return new Work(
        missing.item().split(), card, missing.rows(), batch, shard, missing.reason(), earlier);
  }

  /** Earlier rows, if those that are computed now are of the same kind; else null. */
  EarlierRows usable(ModelCard card, EarlierRows earlier, Begun begun) {
    if (earlier == null) {
      return null;
    }
    int batch = begun == null ? earlier.batchSize() : begun.batchSize();
    boolean usable =
        earlier.device().equals(Work.device(card, costs.gpu()))
            && spec.batchSize().orElse(batch) == earlier.batchSize()
            && batch == earlier.batchSize()
            && (earlier.whole() || spec.onBadImage() == OnFault.SKIP);
    return usable ? earlier : null;
  }

  /** What of an earlier run's sizes still holds: null if nothing, since the rows would differ. */
  Begun usable(ModelCard card, Begun begun) {
    boolean usable =
        begun != null
            && begun.device().equals(Work.device(card, costs.gpu()))
            && spec.batchSize().orElse(begun.batchSize()) == begun.batchSize()
            && spec.shardSize().orElse(begun.shardSize()) == begun.shardSize();
    return usable ? begun : null;
  }

  private int batch(ModelCard card) {
    int values = card.input() == null ? 1 : card.input().size();
    int most = costs.gpu() ? GPU_BATCH_VALUES : CPU_BATCH_VALUES;
    int fitting = Integer.highestOneBit(Math.max(1, most / values));
    return Math.min(LARGEST_BATCH, Math.max(costs.gpu() ? 16 : 32, fitting));
  }

  /**
   * Whole batches of any model of the group, as far as these are powers of two. The same on every
   * cluster, so that shards that were begun on another one are whole chunks here.
   */
  int chunk(long rows, InputShape input) {
    if (spec.shardSize().isPresent()) {
      return spec.shardSize().getAsInt();
    }
    int batch = spec.batchSize().orElse(LARGEST_BATCH);
    long bySize = CHUNK_BYTES / Math.max(1, input == null ? 1 : input.size());
    long byRows = Math.max(LARGEST_BATCH, rows / MOST_CHUNKS);
    long size = Math.min(LARGEST_CHUNK, Math.min(bySize, byRows));
    return Math.toIntExact(Math.max(1, (size + batch - 1) / batch) * batch);
  }

  /** As many chunks as fill a task's time, the tasks about equal. */
  private int shard(ModelCard card, long rows, boolean shared) {
    int chunk = chunk(rows, card.input());
    if (spec.shardSize().isPresent() || rows == 0) {
      return chunk;
    }
    long chunks = (rows + chunk - 1) / chunk;
    double sample = costs.taskSecondsPerSample(card, shared, cluster.cores());
    double tasks = Math.ceil(rows * sample / taskSeconds);
    long shards = (long) Math.max(1, Math.min(chunks, tasks));
    long chunksOfShard = (chunks + shards - 1) / shards;
    return Math.toIntExact(
        Math.min(chunksOfShard * chunk, PrecomputeSpec.LARGEST_SHARD / chunk * chunk));
  }
}
