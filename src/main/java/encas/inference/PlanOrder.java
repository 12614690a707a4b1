package encas.inference;

import encas.inference.InferencePlan.Item;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The order of a plan. Groups follow each other, those with the longest tasks first, each with its
 * longest tasks first, so that a group's pixels are kept no longer than its models run. The last
 * groups, as many as fit into memory together, are taken as one: all their long tasks, then all
 * their short ones, which leaves no device idle for long at the end.
 *
 * @param suspects come last of all
 */
record PlanOrder(CostModel costs, Cluster cluster, Set<Item> suspects) {

  /** A model and how long one of its tasks takes. */
  private record Timed(Work work, double seconds) {}

  InferencePlan of(List<ModelGroup> groups, List<Item> present, List<Item> notImported) {
    List<ModelGroup> sorted = new ArrayList<>(groups);
    // The sorts are stable: equals stay in the order of splits and pool.
    sorted.sort(
        Comparator.comparing((ModelGroup group) -> isSuspect(group.work().get(0)))
            .thenComparing(Comparator.comparingDouble(this::longestTask).reversed()));
    int together = sorted.size();
    for (long bytes = 0; together > 0; together--) {
      bytes += sorted.get(together - 1).bytes();
      if (bytes > cluster.pixelBytes()) {
        break;
      }
    }
    List<Timed> order = new ArrayList<>();
    sorted.subList(0, together).forEach(group -> order.addAll(longestFirst(List.of(group))));
    order.addAll(longestFirst(sorted.subList(together, sorted.size())));
    List<Work> work = order.stream().map(Timed::work).toList();
    Map<Work, ModelGroup> groupOf = InferencePlan.groupOf(groups);
    Set<ModelGroup> met = new LinkedHashSet<>();
    work.forEach(item -> met.add(groupOf.get(item)));
    return new InferencePlan(List.copyOf(met), work, present, notImported);
  }

  private List<Timed> longestFirst(List<ModelGroup> groups) {
    return groups.stream()
        .flatMap(this::timed)
        .sorted(
            Comparator.comparing((Timed item) -> isSuspect(item.work()))
                .thenComparing(Comparator.comparingDouble(Timed::seconds).reversed()))
        .toList();
  }

  private boolean isSuspect(Work work) {
    return suspects.contains(new Item(work.split(), work.card()));
  }

  private double longestTask(ModelGroup group) {
    return timed(group).mapToDouble(Timed::seconds).max().orElse(0);
  }

  private Stream<Timed> timed(ModelGroup group) {
    return group.work().stream()
        .map(
            item -> {
              double sample =
                  costs.taskSecondsPerSample(item.card(), group.shared(), cluster.cores());
              double share = (double) item.toCompute() / Math.max(1, item.rows());
              return new Timed(item, sample * share * Math.min(item.rows(), item.shardSize()));
            });
  }
}
