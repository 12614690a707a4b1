package encas.inference;

import encas.config.PrecomputeSpec;
import encas.outputs.Coverage;
import encas.outputs.Coverage.State;
import encas.pool.ModelCard;
import encas.pool.ModelCard.Engine;
import encas.pool.ModelPool;
import java.util.ArrayList;
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
    List<ModelGroup> groups, List<Work> work, List<Item> present, List<Item> notImported) {

  /** A model on a split. */
  public record Item(String split, ModelCard card) {}

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
    List<ModelGroup> groups = PlanGroups.of(missing, spec, costs, cluster, earlier.suspects());
    PlanOrder order = new PlanOrder(costs, cluster, earlier.suspects());
    return order.of(groups, List.copyOf(present), List.copyOf(notImported));
  }

  /** The group that a model's work belongs to. */
  public Map<Work, ModelGroup> groupOf() {
    return groupOf(groups);
  }

  static Map<Work, ModelGroup> groupOf(List<ModelGroup> groups) {
    Map<Work, ModelGroup> groupOf = new HashMap<>();
    groups.forEach(group -> group.work().forEach(item -> groupOf.put(item, group)));
    return groupOf;
  }
}
