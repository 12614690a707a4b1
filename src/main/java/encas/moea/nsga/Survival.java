package encas.moea.nsga;

import encas.moea.Dominance;
import encas.moea.Solution;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Who stays: front after front, and of the front that does not fit those with most room. */
final class Survival {
  private Survival() {}

  /** The best, by rank and then by crowding distance; earlier ones first where both are equal. */
  static List<Solution> best(List<Solution> solutions, int size) {
    List<Solution> best = new ArrayList<>();
    for (List<Integer> front : fronts(solutions)) {
      double[] room = crowding(solutions, front);
      IntStream.range(0, front.size())
          .boxed()
          .sorted(Comparator.comparingDouble((Integer i) -> room[i]).reversed())
          .limit(size - best.size())
          .forEach(i -> best.add(solutions.get(front.get(i))));
      if (best.size() == size) {
        break;
      }
    }
    return best;
  }

  /** Indices by rank: nobody dominates the first, only members of the first the second, ... */
  static List<List<Integer>> fronts(List<Solution> solutions) {
    int n = solutions.size();
    int[] dominators = new int[n];
    List<List<Integer>> dominated = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      dominated.add(new ArrayList<>());
      for (int j = 0; j < n; j++) {
        if (Dominance.dominates(solutions.get(i).objectives(), solutions.get(j).objectives())) {
          dominated.get(i).add(j);
        } else if (Dominance.dominates(
            solutions.get(j).objectives(), solutions.get(i).objectives())) {
          dominators[i]++;
        }
      }
    }
    List<List<Integer>> fronts = new ArrayList<>();
    List<Integer> front = IntStream.range(0, n).filter(i -> dominators[i] == 0).boxed().toList();
    while (!front.isEmpty()) {
      fronts.add(front);
      List<Integer> next = new ArrayList<>();
      for (int i : front) {
        for (int j : dominated.get(i)) {
          if (--dominators[j] == 0) {
            next.add(j);
          }
        }
      }
      next.sort(null);
      front = next;
    }
    return fronts;
  }

  /**
   * Crowding distances: over the objectives the gap between both neighbours, as a share of the
   * front's range; infinite at the ends.
   */
  static double[] crowding(List<Solution> solutions, List<Integer> front) {
    double[] room = new double[front.size()];
    for (int j = 0; j < solutions.get(0).objectives().length; j++) {
      int objective = j;
      double[] values =
          front.stream().mapToDouble(i -> solutions.get(i).objectives()[objective]).toArray();
      int[] order =
          IntStream.range(0, values.length)
              .boxed()
              .sorted(Comparator.comparingDouble(i -> values[i]))
              .mapToInt(Integer::intValue)
              .toArray();
      int last = order.length - 1;
      double range = values[order[last]] - values[order[0]];
      room[order[0]] = Double.POSITIVE_INFINITY;
      room[order[last]] = Double.POSITIVE_INFINITY;
      for (int i = 1; i < last && range > 0; i++) {
        room[order[i]] += (values[order[i + 1]] - values[order[i - 1]]) / range;
      }
    }
    return room;
  }
}
