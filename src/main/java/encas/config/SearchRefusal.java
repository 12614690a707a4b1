package encas.config;

import encas.cascade.Confidence;
import encas.config.SearchSpec.Algorithm;
import encas.config.SearchSpec.Mode;
import encas.config.SearchSpec.Variant;
import java.util.Optional;

/**
 * Why a search section whose keys are each allowed is not allowed as a whole, wherever it comes
 * from: a run file, or an algorithm of a sweep that takes the file's place.
 *
 * <pre>{@code
 * SearchRefusal.of(spec).ifPresent(refusal -> { throw section.bad(refusal.key(), refusal.remedy()); });
 * }</pre>
 *
 * @param key of the search section
 * @param remedy what to do
 */
public record SearchRefusal(String key, String remedy) {
  /** Individuals that the published program makes before it learns a linkage tree. */
  private static final long FIRST_POPULATION = 8;

  /** The first reason, or empty where the search makes sense. */
  public static Optional<SearchRefusal> of(SearchSpec spec) {
    boolean published = spec.variant() == Variant.PUBLISHED;
    boolean greedy = spec.algorithm() == Algorithm.GREEDY;
    long evaluations = spec.evaluations().orElse(Long.MAX_VALUE);
    if (published && spec.maxModels() == 1 && evaluations > FIRST_POPULATION) {
      return because(
          "max-models", "the published program never ends with one gene: write 2 or more");
    }
    if (spec.algorithm() == Algorithm.MO_GOMEA && evaluations < spec.islands()) {
      return because(
          "evaluations",
          "give each of " + spec.islands() + " islands one at least, or set search.islands lower");
    }
    if (published && spec.algorithm() != Algorithm.MO_GOMEA) {
      return because("algorithm", "variant published is mo-gomea");
    }
    if (greedy && spec.mode() == Mode.ENSEMBLE) {
      return because("mode", "greedy cascades average nothing; use another algorithm");
    }
    if (greedy && spec.confidence() != Confidence.MAX_PROBABILITY) {
      return because("confidence", "greedy cascades go by logit gaps: leave it out");
    }
    if (spec.trace().isPresent() && (!published || spec.repeats() > 1)) {
      return because("trace", "a trace needs variant published and repeats 1");
    }
    if (spec.seed() > Integer.MAX_VALUE - (spec.repeats() - 1)) {
      return because("repeats", "seeds would go beyond " + Integer.MAX_VALUE + ": lower one");
    }
    return Optional.empty();
  }

  private static Optional<SearchRefusal> because(String key, String remedy) {
    return Optional.of(new SearchRefusal(key, remedy));
  }
}
