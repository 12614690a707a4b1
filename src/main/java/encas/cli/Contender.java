package encas.cli;

import encas.config.Keys;
import encas.config.SearchRefusal;
import encas.config.SearchSpec;
import encas.config.SearchSpec.Algorithm;
import encas.config.SearchSpec.Variant;
import encas.failure.InvalidInputException;

/** An algorithm of a sweep, by the name that it has there. */
enum Contender {
  MO_GOMEA(Algorithm.MO_GOMEA, Variant.ISLANDS, true),
  PUBLISHED(Algorithm.MO_GOMEA, Variant.PUBLISHED, true),
  NSGA_II(Algorithm.NSGA_II, Variant.ISLANDS, true),
  RANDOM(Algorithm.RANDOM, Variant.ISLANDS, true),
  GREEDY(Algorithm.GREEDY, Variant.ISLANDS, false),
  PAIR_GRID(Algorithm.PAIR_GRID, Variant.ISLANDS, false);

  private final Algorithm algorithm;
  private final Variant variant;
  private final boolean seeded;

  Contender(Algorithm algorithm, Variant variant, boolean seeded) {
    this.algorithm = algorithm;
    this.variant = variant;
    this.seeded = seeded;
  }

  /** Whether runs with different seeds differ. */
  boolean isSeeded() {
    return seeded;
  }

  /**
   * The search section for one run.
   *
   * @throws InvalidInputException if this algorithm cannot do what the run file asks for
   */
  SearchSpec spec(SearchSpec search, int seed) {
    SearchSpec spec = search.withAlgorithm(algorithm, variant).withSeed(seed);
    SearchRefusal.of(spec)
        .ifPresent(
            refusal -> {
              throw new InvalidInputException(
                  "search."
                      + refusal.key()
                      + " of the run file does not go with algorithm "
                      + this
                      + " of the sweep; "
                      + refusal.remedy()
                      + ", or leave it out of --algorithms");
            });
    return spec;
  }

  @Override
  public String toString() {
    return Keys.spelled(this);
  }
}
