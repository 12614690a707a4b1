package encas.inference;

import encas.config.PrecomputeSpec;
import encas.inference.InferencePlan.Item;
import encas.outputs.Begun;
import encas.pool.ModelCard;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is to be computed, in groups that share pixels, each with its sizes. */
final class PlanGroups {
  private PlanGroups() {}

  /**
   * A model that a split has no outputs of.
   *
   * @param begun how an earlier run began it, or null
   * @param earlier what is published of it, of the split's earlier data; or null
   */
  record Missing(Item item, long rows, String reason, Begun begun, EarlierRows earlier) {}

  /** Models of one split with equal keys form a group; one that is to stay alone has its own. */
  private record Key(String split, PixelKey pixels, String alone) {}

  static List<ModelGroup> of(
      List<Missing> missing,
      PrecomputeSpec spec,
      CostModel costs,
      Cluster cluster,
      Set<Item> suspects) {
    double seconds = 0;
    for (Missing work : missing) {
      seconds += work.rows() * costs.secondsPerSample(work.item().card());
    }
    WorkSizes sizes = WorkSizes.of(spec, costs, cluster, seconds);
    Map<Key, List<Missing>> byKey = new LinkedHashMap<>();
    for (Missing work : missing) {
      ModelCard card = work.item().card();
      Begun begun = sizes.usable(card, work.begun());
      // Shards that are no whole chunks cannot be cut from the pixels that the others share.
      boolean fits =
          begun == null || begun.shardSize() % sizes.chunk(work.rows(), card.input()) == 0;
      boolean alone = !fits || suspects.contains(work.item());
      Key key = new Key(work.item().split(), PixelKey.of(card), alone ? card.id() : null);
      byKey
          .computeIfAbsent(key, one -> new ArrayList<>())
          .add(
              new Missing(
                  work.item(),
                  work.rows(),
                  work.reason(),
                  begun,
                  sizes.usable(card, work.earlier(), begun)));
    }
    List<ModelGroup> groups = new ArrayList<>();
    byKey.forEach((key, members) -> groups.add(group(key, members, sizes)));
    return groups;
  }

  private static ModelGroup group(Key key, List<Missing> members, WorkSizes sizes) {
    List<Work> work = new ArrayList<>();
    for (Missing member : members) {
      work.add(sizes.work(member, members.size() > 1));
    }
    long rows = members.get(0).rows();
    int chunk = sizes.chunk(rows, key.pixels().input());
    int shard = work.get(0).shardSize();
    // One that does not fit is alone: its chunks are its shards.
    return new ModelGroup(
        key.split(), key.pixels(), rows, shard % chunk == 0 ? chunk : shard, List.copyOf(work));
  }
}
