package encas.inference;

import encas.config.PrecomputeSpec;
import encas.outputs.Coverage;
import encas.outputs.Coverage.State;
import encas.pool.ModelCard;
import encas.pool.ModelCard.Engine;
import encas.pool.ModelPool;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is to be computed: models, of which those with equal preprocessing form groups that share
 * decoding, resizing and cropping. Models with long tasks come first, so that the last tasks to end
 * are short ones; but a group whose pixels are kept is finished before those of others take its
 * room.
 *
 * <pre>{@code
 * InferencePlan plan =
 *     InferencePlan.of(pool, coverage, spec, CostModel.of(false), cluster, Set.of());
 * plan.work().get(0).shards(); // tasks of the first model
 * }</pre>
 *
 * <p>Sizes follow from the pool file, the rows and the number of devices, never from a measurement
 * or from what is there already: a run that is taken up again finds the shards it left, and two
 * fresh runs give the same bits.
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
      return shared() ? rows * pixels.input().size() : 0;
    }
  }

  /**
   * One (model, split) to be computed.
   *
   * @param rows samples of the split
   * @param batchSize samples that the model sees at once
   * @param shardSize samples of a task, the last one's may be fewer
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

    /** The same work in batches of another size. */
    public Work withBatchSize(int size) {
      return new Work(split, card, rows, size, shardSize, reason);
    }
  }

  /** Models of one split with equal keys form a group; a suspect stays alone. */
  private record Key(PixelKey pixels, String suspect) {}

  /**
   * Plans the work.
   *
   * @param coverage how every model of the pool stands on every split
   * @param costs the order of models goes by them; sizes by the pool's own alone
   * @param cluster what it is to run on; its memory decides on the order alone
   * @param suspects models whose loading an earlier run did not survive, as {@code split/model};
   *     they come last and share nothing, so that the others are done first
   */
  public static InferencePlan of(
      ModelPool pool,
      Coverage coverage,
      PrecomputeSpec spec,
      CostModel costs,
      Cluster cluster,
      Set<String> suspects) {
    WorkSizes sizes = WorkSizes.of(pool, coverage, spec, costs, cluster);
    List<Group> groups = new ArrayList<>();
    List<Item> present = new ArrayList<>();
    List<Item> notImported = new ArrayList<>();
    coverage
        .splits()
        .forEach(
            (split, covered) -> {
              Map<Key, List<Work>> missing = new LinkedHashMap<>();
              for (int m = 0; m < pool.models().size(); m++) {
                ModelCard card = pool.models().get(m);
                Coverage.Model state = covered.models().get(m);
                if (state.state() == State.PRESENT) {
                  present.add(new Item(split, card));
                } else if (card.engine() == Engine.IMPORTED) {
                  notImported.add(new Item(split, card));
                } else {
                  boolean suspect = suspects.contains(split + "/" + card.id());
                  missing
                      .computeIfAbsent(
                          new Key(PixelKey.of(card), suspect ? card.id() : null),
                          key -> new ArrayList<>())
                      .add(sizes.work(split, card, covered.rows(), state.reason()));
                }
              }
              missing.forEach(
                  (key, work) -> groups.add(group(split, key, covered.rows(), work, sizes)));
            });
    PlanOrder order = new PlanOrder(costs, cluster, suspects);
    return order.of(groups, List.copyOf(present), List.copyOf(notImported));
  }

  private static Group group(String split, Key key, long rows, List<Work> work, WorkSizes sizes) {
    return new Group(
        split, key.pixels(), rows, sizes.chunk(rows, key.pixels().input()), List.copyOf(work));
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
