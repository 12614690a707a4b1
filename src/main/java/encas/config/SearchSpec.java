package encas.config;

import encas.cascade.Confidence;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is searched and for how long: the run file's {@code search} section, defaults filled in.
 *
 * @param maxModels k, most models in a cascade, 1..16
 * @param evaluations budget of one run; empty only where another limit is set
 * @param time wall-clock limit; such runs are not repeatable
 * @param targetHypervolume stop when the front's hypervolume reaches it
 * @param islands number of islands, each a search of its own
 * @param epoch most evaluations of one island between two exchanges; the first epochs are shorter
 * @param seed any 32-bit integer
 * @param repeats runs with seed, seed + 1, ...
 * @param archiveTarget aimed-at size of MO-GOMEA's elitist archive
 * @param objectives "error" and one to three cost columns of the pool
 * @param confidence what is held against the thresholds
 * @param temperature whether models are scaled before they are averaged
 * @param trace place of the trace of requests, relative to the results; published variant only
 */
public record SearchSpec(
    Algorithm algorithm,
    Variant variant,
    Mode mode,
    int maxModels,
    Optional<Long> evaluations,
    Optional<Duration> time,
    Optional<Double> targetHypervolume,
    int islands,
    long epoch,
    int seed,
    int repeats,
    int archiveTarget,
    List<String> objectives,
    Confidence confidence,
    Temperature temperature,
    Models models,
    Optional<String> trace) {

  /** What proposes cascades. */
  public enum Algorithm {
    MO_GOMEA,
    NSGA_II,
    RANDOM,
    GREEDY,
    PAIR_GRID
  }

  /** Evaluations of an island between two exchanges, where the run file says nothing. */
  static final long DEFAULT_EPOCH = 25_000;

  /** Our islands, or the published program's path to the random draw. */
  public enum Variant {
    ISLANDS,
    PUBLISHED
  }

  /** Thresholds between the models, or an average of all. */
  public enum Mode {
    CASCADE,
    ENSEMBLE
  }

  /** Outputs as stored, or each model's at a temperature fitted on the search split. */
  public enum Temperature {
    OFF,
    FIT
  }

  /** Whether a model without outputs is an error. */
  public enum Models {
    ALL,
    AVAILABLE
  }

  /** The same search with another seed. */
  public SearchSpec withSeed(int other) {
    return new SearchSpec(
        algorithm,
        variant,
        mode,
        maxModels,
        evaluations,
        time,
        targetHypervolume,
        islands,
        epoch,
        other,
        1,
        archiveTarget,
        objectives,
        confidence,
        temperature,
        models,
        trace);
  }

  /**
   * The same search by another algorithm; the published variant is one population scheme, and its
   * epoch, which changes nothing but the checkpoints, is not for a run file to set.
   */
  public SearchSpec withAlgorithm(Algorithm other, Variant otherVariant) {
    return new SearchSpec(
        other,
        otherVariant,
        mode,
        maxModels,
        evaluations,
        time,
        targetHypervolume,
        otherVariant == Variant.PUBLISHED ? 1 : islands,
        otherVariant == Variant.PUBLISHED ? DEFAULT_EPOCH : epoch,
        seed,
        repeats,
        archiveTarget,
        objectives,
        confidence,
        temperature,
        models,
        Optional.empty());
  }

  /** The cost columns among the objectives, in their order. */
  public List<String> costColumns() {
    return objectives.subList(1, objectives.size());
  }
}
