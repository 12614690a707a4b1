package encas.search.baseline;

import encas.moea.Problem;
import encas.moea.Solution;
import encas.moea.nsga.NsgaII;
import encas.moea.nsga.NsgaState;
import encas.search.island.Explorer;
import java.util.List;
import java.util.random.RandomGenerator;

/** NSGA-II as an island's explorer: same genotype, same evaluator, same budget. */
public final class NsgaExplorer implements Explorer {
  private final NsgaII search;

  /**
   * A search at its start, or where it stood.
   *
   * @param state null at the start
   */
  public NsgaExplorer(Problem problem, long budget, NsgaState state) {
    search = state == null ? new NsgaII(problem, budget) : new NsgaII(problem, budget, state);
  }

  @Override
  public void advance(long until, RandomGenerator generator) {
    search.advance(until, generator);
  }

  /** Ignores them: the baseline is NSGA-II as it was published. */
  @Override
  public void receive(List<Solution> migrants) {}

  @Override
  public long evaluations() {
    return search.evaluations();
  }

  @Override
  public boolean isOver() {
    return search.isOver();
  }

  @Override
  public NsgaState state() {
    return search.state();
  }
}
