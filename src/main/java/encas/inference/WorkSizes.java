package encas.inference;

import encas.config.PrecomputeSpec;
import encas.inference.InferencePlan.Work;
import encas.outputs.Coverage;
import encas.pool.ModelCard;
import encas.pool.ModelCard.Engine;
import encas.pool.ModelCard.InputShape;
import encas.pool.ModelPool;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Batch, chunk and shard sizes where the run file says auto. A shard that is too small pays for its
 * model's loading and for starting a task; one that is too large leaves devices idle at the end.
 *
 * @param shared preprocessing that several models of the pool have
 * @param taskSeconds how long a task is meant to take
 */
record WorkSizes(
    PrecomputeSpec spec,
    CostModel costs,
    Cluster cluster,
    Set<PixelKey> shared,
    double taskSeconds) {
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
  private static final int CHUNKS_A_DEVICE = 4;

  /** A task's part of what a device has to do in all. */
  private static final double SHARE = 0.3;

  /** A task takes at least so many times what loading its model does. */
  private static final double LOADS = 4;

  /**
   * For a whole pool: what is missing of it decides on no size, or a run that is taken up again
   * would cut the rest in another way.
   */
  static WorkSizes of(
      ModelPool pool, Coverage coverage, PrecomputeSpec spec, CostModel costs, Cluster cluster) {
    CostModel own = costs.withMeasured(Map.of());
    double seconds = 0;
    for (Coverage.Split split : coverage.splits().values()) {
      for (ModelCard card : pool.models()) {
        if (card.engine() != Engine.IMPORTED) {
          seconds += split.rows() * own.secondsPerSample(card);
        }
      }
    }
    Set<PixelKey> met = new HashSet<>();
    Set<PixelKey> shared = new HashSet<>();
    for (ModelCard card : pool.models()) {
      if (!met.add(PixelKey.of(card))) {
        shared.add(PixelKey.of(card));
      }
    }
    double share = SHARE * seconds / cluster.devices();
    double task = Math.max(LOADS * costs.loadSeconds(), share);
    return new WorkSizes(spec, own, cluster, shared, task);
  }

  Work work(String split, ModelCard card, long rows, String reason) {
    int batch = spec.batchSize().orElseGet(() -> batch(card, costs.gpu()));
    return new Work(split, card, rows, batch, shard(card, rows), reason);
  }

  static int batch(ModelCard card, boolean gpu) {
    int values = card.input() == null ? 1 : card.input().size();
    int fitting =
        Integer.highestOneBit(Math.max(1, (gpu ? GPU_BATCH_VALUES : CPU_BATCH_VALUES) / values));
    return Math.min(LARGEST_BATCH, Math.max(gpu ? 16 : 32, fitting));
  }

  /** Whole batches of any model of the group, as far as these are powers of two. */
  int chunk(long rows, InputShape input) {
    if (spec.shardSize().isPresent()) {
      return spec.shardSize().getAsInt();
    }
    int batch = spec.batchSize().orElse(LARGEST_BATCH);
    long bySize = CHUNK_BYTES / Math.max(1, input == null ? 1 : input.size());
    long byDevices = rows / ((long) CHUNKS_A_DEVICE * cluster.devices());
    long size = Math.min(LARGEST_CHUNK, Math.min(bySize, byDevices));
    return Math.toIntExact(Math.max(1, (size + batch - 1) / batch) * batch);
  }

  /** As many chunks as fill a task's time, the tasks about equal. */
  private int shard(ModelCard card, long rows) {
    int chunk = chunk(rows, card.input());
    if (spec.shardSize().isPresent() || rows == 0) {
      return chunk;
    }
    long chunks = (rows + chunk - 1) / chunk;
    double sample =
        shared.contains(PixelKey.of(card))
            ? costs.secondsPerSample(card)
            : costs.decodingSecondsPerSample(card, cluster.cores());
    double tasks = Math.ceil(rows * sample / taskSeconds);
    long shards = (long) Math.max(1, Math.min(chunks, tasks));
    long chunksOfShard = (chunks + shards - 1) / shards;
    return Math.toIntExact(Math.min(chunksOfShard * chunk, Integer.MAX_VALUE / chunk * chunk));
  }
}
