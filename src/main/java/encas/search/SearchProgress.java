package encas.search;

import encas.search.island.IslandState;
import java.util.List;

/**
 * Where a search stands between two epochs: all that a resume needs.
 *
 * @param epoch epochs that have ended
 * @param islands the islands' states, in island order
 * @param initial cascades scored before the islands began (the single models), each one evaluation
 * @param history a row for each epoch that has ended
 * @param elapsedMillis time spent so far
 */
public record SearchProgress(
    int epoch,
    List<IslandState> islands,
    List<ScoredCascade> initial,
    List<EpochRow> history,
    long elapsedMillis) {

  /**
   * What an epoch left.
   *
   * @param epoch 1 is the first
   * @param evaluations so far, of all islands and of the beginning
   * @param bestError least error on the front, in percent
   */
  public record EpochRow(
      int epoch,
      long evaluations,
      double hypervolume,
      int frontSize,
      double bestError,
      long elapsedMillis) {}

  /** The same with other states of the islands. */
  public SearchProgress withIslands(List<IslandState> others) {
    return new SearchProgress(epoch, others, initial, history, elapsedMillis);
  }

  /** Evaluations so far, of all islands and of the beginning. */
  public long evaluations() {
    long sum = initial.size();
    for (IslandState island : islands) {
      sum += island.evaluations();
    }
    return sum;
  }

  /** True when no island can go on. */
  public boolean isOver() {
    return islands.stream().allMatch(IslandState::over);
  }
}
