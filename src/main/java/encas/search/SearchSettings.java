package encas.search;

import encas.cascade.Cascade;
import encas.cascade.CascadeEncoding;
import encas.config.SearchSpec;
import encas.config.SearchSpec.Algorithm;
import java.io.Serializable;

/**
 * What an island needs to know of a search; travels to executors.
 *
 * @param published the published program's path, to the random draw
 * @param islands number of islands
 * @param budget evaluations of all islands together; {@link Long#MAX_VALUE} where nothing limits
 *     them
 */
public record SearchSettings(
    Algorithm algorithm,
    boolean published,
    CascadeEncoding.Mode mode,
    int maxModels,
    int archiveTarget,
    int islands,
    long budget,
    int seed,
    boolean traced)
    implements Serializable {

  /** The settings of one run. */
  public static SearchSettings of(SearchSpec spec) {
    return new SearchSettings(
        spec.algorithm(),
        spec.variant() == SearchSpec.Variant.PUBLISHED,
        spec.mode() == SearchSpec.Mode.CASCADE
            ? CascadeEncoding.Mode.CASCADE
            : CascadeEncoding.Mode.ENSEMBLE,
        spec.algorithm() == Algorithm.PAIR_GRID ? 2 : spec.maxModels(),
        spec.archiveTarget(),
        // NSGA-II is one population. Random search gains nothing by islands, and only one of them
        // can keep it from repeating itself.
        spec.algorithm() == Algorithm.RANDOM || spec.algorithm() == Algorithm.NSGA_II
            ? 1
            : spec.islands(),
        // The grid is what it is, whatever budget other algorithms have.
        spec.algorithm() == Algorithm.PAIR_GRID
            ? Long.MAX_VALUE
            : spec.evaluations().orElse(Long.MAX_VALUE),
        spec.seed(),
        spec.trace().isPresent());
  }

  /**
   * Whether every single model is scored before the islands begin; the published program and the
   * baselines that begin at random do without.
   */
  public boolean beginsWithSingles() {
    return algorithm == Algorithm.PAIR_GRID || (algorithm == Algorithm.MO_GOMEA && !published);
  }

  /**
   * Whether the single models, which come first, leave some island without an evaluation.
   *
   * @param models of the pool
   */
  public boolean leavesIslandsIdle(int models) {
    return algorithm == Algorithm.MO_GOMEA && beginsWithSingles() && budget - models < islands;
  }

  /**
   * Whether islands learn from each other; the baselines do not, nor does the published program.
   */
  public boolean exchanges() {
    return algorithm == Algorithm.MO_GOMEA && !published && islands > 1;
  }

  /**
   * Whether the first epochs are short: where islands learn from each other they do so often then,
   * and for the published variant, of which epochs change nothing, a front and a checkpoint are
   * there early.
   */
  public boolean beginsWithShortEpochs() {
    return exchanges() || published;
  }

  /**
   * Evaluations after which a search ends at the latest; {@link Long#MAX_VALUE} if nothing limits
   * them.
   *
   * @param models of the pool
   */
  public long expected(int models) {
    if (algorithm != Algorithm.PAIR_GRID) {
      return budget;
    }
    long pairs = models * (models - 1L);
    return models
        + (mode == CascadeEncoding.Mode.ENSEMBLE
            ? pairs / 2
            : pairs * (Cascade.MAX_THRESHOLD_GENE + 1));
  }

  /** The same with what is left of the budget. */
  public SearchSettings withBudget(long left) {
    return new SearchSettings(
        algorithm, published, mode, maxModels, archiveTarget, islands, left, seed, traced);
  }

  /** An island's part of the budget; the parts differ by one at most and add up exactly. */
  public long budgetOf(int island) {
    if (budget == Long.MAX_VALUE) {
      return budget;
    }
    return budget / islands + (island < budget % islands ? 1 : 0);
  }
}
