package encas.search.island;

import encas.moea.Solution;
import java.util.ArrayList;
import java.util.List;

/**
 * Who sends what where: a ring. Island i receives from island i - 1 a few members of that island's
 * front, evenly spread from the cheapest to the dearest.
 */
public final class Migration {
  /** Most migrants of one exchange. */
  static final int MIGRANTS = 16;

  private Migration() {}

  /**
   * For each island what arrives there.
   *
   * @param fronts for each island its front in ascending first cost
   */
  public static List<List<Solution>> ring(List<List<Solution>> fronts) {
    List<List<Solution>> arriving = new ArrayList<>();
    for (int island = 0; island < fronts.size(); island++) {
      int neighbour = Math.floorMod(island - 1, fronts.size());
      arriving.add(neighbour == island ? List.of() : spread(fronts.get(neighbour)));
    }
    return arriving;
  }

  private static List<Solution> spread(List<Solution> front) {
    if (front.size() <= MIGRANTS) {
      return front;
    }
    List<Solution> chosen = new ArrayList<>();
    for (int i = 0; i < MIGRANTS; i++) {
      chosen.add(front.get((int) ((long) i * (front.size() - 1) / (MIGRANTS - 1))));
    }
    return chosen;
  }
}
