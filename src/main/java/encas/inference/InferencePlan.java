package encas.inference;

import encas.config.PrecomputeSpec;
import encas.outputs.Coverage;
import encas.outputs.Coverage.State;
import encas.pool.ModelCard;
import encas.pool.ModelCard.Engine;
import encas.pool.ModelPool;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is to be computed: models, of which those with equal preprocessing form groups that share
 * decoding, resizing and cropping. Models with long tasks come first, so that the last tasks to end
 * are short ones; but a group whose pixels are kept is finished before those of others take its
 * room.
 *
 * <pre>{@code
 * InferencePlan plan =
 *     InferencePlan.of(pool, coverage, spec, CostModel.of(false), cluster, EarlierRuns.NONE);
 * plan.work().get(0).shards(); // tasks of the first model
 * }</pre>
 *
 * <p>Work that an earlier run has begun keeps its sizes, so that its shards are found. Those of
 * other work follow from the pool file, the rows and the cluster, never from a measurement; no row
 * depends on them.
 *
 * @param groups of the work, in the order of their first models
 * @param work in the order in which it is to be computed
 * @param present (model, split)s that need nothing
 * @param notImported (model, split)s that only an import could bring
 */
public record InferencePlan(
    List<Group> groups, List<Work> work, List<Item> present, List<Item> notImported) {

  /** A model on a split. */
  public record Item(String split, ModelCard card) {}

  /**
   * Models of a split that are shown the same 8-bit pixels.
   *
   * @param pixels what they have in common
   * @param rows samples of the split
   * @param chunkSize samples that are decoded together; every shard is a whole number of them
   * @param work in pool order
   */
  public record Group(String split, PixelKey pixels, long rows, int chunkSize, List<Work> work) {

    /** True if the pixels are made once and kept for all models; one model makes its own. */
    public boolean shared() {
      return work.size() > 1;
    }

    /** Number of chunks. */
    public int chunks() {
      return Math.toIntExact((rows + chunkSize - 1) / chunkSize);
    }

    /** Bytes of all its pixels, kept while its models run. */
    public long bytes() {
      return shared() ? toDecode() * pixels.input().size() : 0;
    }

    /** Samples that some model needs; null if that is all of them. */
    public BitSet wanted() {
      if (work.stream().anyMatch(item -> item.earlier() == null)) {
        return null;
      }
      BitSet wanted = new BitSet();
      work.stream()
          .map(item -> item.earlier().carry())
          .distinct()
          .forEach(carry -> wanted.or(carry.freshSamples()));
      return wanted;
    }

    /** Number of samples that some model needs. */
    public long toDecode() {
      BitSet wanted = wanted();
      return wanted == null ? rows : wanted.cardinality();
    }

    /** Whether all that this work needs is decoded: not if it gave up rows of earlier data. */
    public boolean decodesFor(Work one) {
      return one.earlier() != null || wanted() == null;
    }
  }

  /**
   * One (model, split) to be computed.
   *
   * @param rows samples of the split
   * @param batchSize samples that the model sees at once
   * @param shardSize samples of a task, the last one's may be fewer
   * @param reason why it is computed: missing, stale or failed before
   * @param earlier rows that are taken from it where they hold still; null if all are computed
   */
  public record Work(
      String split,
      ModelCard card,
      long rows,
      int batchSize,
      int shardSize,
      String reason,
      EarlierRows earlier)
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

    /**
     * What a model runs on: "gpu" or "cpu".
     *
     * @param gpus whether tasks are given some; MLlib has no code for them
     */
    public static String device(ModelCard card, boolean gpus) {
      return gpus && card.engine() != Engine.MLLIB ? "gpu" : "cpu";
    }

    /** Samples that the model has to be shown. */
    public long toCompute() {
      return earlier == null ? rows : earlier.carry().fresh();
    }

    /** Samples of a shard that the model has to be shown. */
    public long toCompute(int shard) {
      return earlier == null
          ? to(shard) - from(shard)
          : earlier.carry().fresh(from(shard), to(shard));
    }

    /** The same work in batches of another size, which give other rows. */
    public Work withBatchSize(int size) {
      return new Work(split, card, rows, size, shardSize, reason, null);
    }

    /** The same work with all rows computed. */
    public Work withoutEarlier() {
      return withBatchSize(batchSize);
    }
  }

  /**
   * Plans the work.
   *
   * @param coverage how every model of the pool stands on every split
   * @param costs nothing measured in them, or the plan differs from that of a run
   * @param cluster what it is to run on
   * @param earlier of them suspects come last and share nothing, so that the others are done first
   */
  public static InferencePlan of(
      ModelPool pool,
      Coverage coverage,
      PrecomputeSpec spec,
      CostModel costs,
      Cluster cluster,
      EarlierRuns earlier) {
    List<PlanGroups.Missing> missing = new ArrayList<>();
    List<Item> present = new ArrayList<>();
    List<Item> notImported = new ArrayList<>();
    coverage
        .splits()
        .forEach(
            (split, covered) -> {
              for (int m = 0; m < pool.models().size(); m++) {
                Item item = new Item(split, pool.models().get(m));
                Coverage.Model state = covered.models().get(m);
                if (state.state() == State.PRESENT) {
                  present.add(item);
                } else if (item.card().engine() == Engine.IMPORTED) {
                  notImported.add(item);
                } else {
                  missing.add(
                      new PlanGroups.Missing(
                          item,
                          covered.rows(),
                          state.reason(),
                          earlier.begun().get(item),
                          earlier.rows().get(item)));
                }
              }
            });
    List<Group> groups = PlanGroups.of(missing, spec, costs, cluster, earlier.suspects());
    PlanOrder order = new PlanOrder(costs, cluster, earlier.suspects());
    return order.of(groups, List.copyOf(present), List.copyOf(notImported));
  }

  /** The group that a model's work belongs to. */
  public Map<Work, Group> groupOf() {
    return groupOf(groups);
  }

  static Map<Work, Group> groupOf(List<Group> groups) {
    Map<Work, Group> groupOf = new HashMap<>();
    groups.forEach(group -> group.work().forEach(item -> groupOf.put(item, group)));
    return groupOf;
  }
}
