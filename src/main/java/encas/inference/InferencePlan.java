package encas.inference;

import encas.config.PrecomputeSpec;
import encas.outputs.Coverage;
import encas.outputs.Coverage.State;
import encas.pool.ModelCard;
import encas.pool.ModelCard.Engine;
import encas.pool.ModelPool;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What is to be computed: models x shards, dear models first so that the last tasks to end are
 * short ones.
 *
 * <pre>{@code
 * InferencePlan plan = InferencePlan.of(pool, coverage, spec, 8);
 * plan.work().get(0).shards(); // tasks of the dearest model
 * }</pre>
 *
 * <p>A batch size that the run file leaves to us follows from the model's card alone, not from a
 * measurement, since an engine's last bits may depend on it: two fresh runs give the same bits. A
 * shard size follows from the card, the rows and the number of cores, so a run that is taken up
 * again finds the shards it left.
 *
 * @param work what is missing or stale, dearest first
 * @param present (model, split)s that need nothing
 * @param notImported (model, split)s that only an import could bring
 */
public record InferencePlan(List<Work> work, List<Item> present, List<Item> notImported) {

  /** A model on a split. */
  public record Item(String split, ModelCard card) {}

  /**
   * One (model, split) to be computed.
   *
   * @param rows samples of the split
   * @param batchSize samples that the model sees at once
   * @param shardSize samples of a task, the last one's may be fewer; a multiple of the batch
   * @param reason why it is computed: missing, stale or failed before
   */
  public record Work(
      String split, ModelCard card, long rows, int batchSize, int shardSize, String reason)
      implements Serializable {

    /** Number of tasks. */
    public int shards() {
      return Math.toIntExact((rows + shardSize - 1) / shardSize);
    }

    /** First row of a shard. */
    public long from(int shard) {
      return (long) shard * shardSize;
    }

    /** One past the last row of a shard. */
    public long to(int shard) {
      return Math.min(rows, from(shard) + shardSize);
    }

    /** Estimated millions of operations, pictures' decoding and resizing included. */
    public double effort() {
      return rows * WorkSizes.effort(card);
    }

    /** The same work in batches of another size. */
    public Work withBatchSize(int size) {
      return new Work(split, card, rows, size, shardSize, reason);
    }
  }

  /**
   * Plans the work.
   *
   * @param coverage how every model of the pool stands on every split
   * @param gpu true if models run on GPUs
   * @param parallelism tasks that run at the same time
   */
  public static InferencePlan of(
      ModelPool pool, Coverage coverage, PrecomputeSpec spec, boolean gpu, int parallelism) {
    List<Work> work = new ArrayList<>();
    List<Item> present = new ArrayList<>();
    List<Item> notImported = new ArrayList<>();
    for (Map.Entry<String, Coverage.Split> split : coverage.splits().entrySet()) {
      for (int m = 0; m < pool.models().size(); m++) {
        ModelCard card = pool.models().get(m);
        Coverage.Model state = split.getValue().models().get(m);
        if (state.state() == State.PRESENT) {
          present.add(new Item(split.getKey(), card));
        } else if (card.engine() == Engine.IMPORTED) {
          notImported.add(new Item(split.getKey(), card));
        } else {
          long rows = split.getValue().rows();
          int batch = spec.batchSize().orElseGet(() -> WorkSizes.batch(card, gpu));
          int shard =
              spec.shardSize().orElseGet(() -> WorkSizes.shard(card, rows, batch, parallelism));
          work.add(new Work(split.getKey(), card, rows, batch, shard, state.reason()));
        }
      }
    }
    // The sort is stable: equal efforts stay in the order of splits and pool.
    work.sort(Comparator.comparingDouble(Work::effort).reversed());
    return new InferencePlan(List.copyOf(work), List.copyOf(present), List.copyOf(notImported));
  }
}
