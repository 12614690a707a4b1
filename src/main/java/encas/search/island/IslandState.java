package encas.search.island;

import encas.search.ScoredCascade;
import encas.search.checkpoint.Explored;
import java.util.List;

/**
 * An island between two epochs; plain data, fit for a checkpoint.
 *
 * @param budget evaluations it may make in all
 * @param evaluations evaluations it has made
 * @param over true when it cannot go on
 * @param explorer where its explorer stands; null before the first epoch, and where it is kept
 *     elsewhere
 * @param front the exact front of what it has scored, less what arrived as migrants dominates;
 *     ascending in first cost
 */
public record IslandState(
    int island,
    long budget,
    long evaluations,
    boolean over,
    Explored explorer,
    List<ScoredCascade> front) {

  /** An island before its first epoch. */
  public static IslandState initial(int island, long budget) {
    return new IslandState(island, budget, 0, budget == 0, null, List.of());
  }

  /** The same with its explorer, or null for without. */
  public IslandState withExplorer(Explored other) {
    return new IslandState(island, budget, evaluations, over, other, front);
  }
}
