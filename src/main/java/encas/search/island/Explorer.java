package encas.search.island;

import encas.moea.Solution;
import java.util.List;
import java.util.random.RandomGenerator;

/** What proposes cascades on an island: can be stepped, stored and resumed. */
public interface Explorer {

  /**
   * Goes on until so many evaluations were made in all, or a little more; never beyond the budget.
   */
  void advance(long until, RandomGenerator generator);

  /** Takes in solutions found elsewhere. */
  void receive(List<Solution> migrants);

  /** Evaluations so far. */
  long evaluations();

  /** True when the budget is spent or nothing new is expected. */
  boolean isOver();

  /** All that a resume needs: a record of plain data that the explorer can begin from. */
  Record state();
}
