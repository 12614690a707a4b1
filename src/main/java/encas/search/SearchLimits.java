package encas.search;

import encas.config.SearchSpec;
import java.time.Duration;
import java.util.Optional;

/**
 * When a search exchanges and when it ends besides its budget.
 *
 * @param epoch evaluations of one island between two exchanges
 * @param time wall-clock limit
 * @param targetHypervolume linear hypervolume at which it is enough
 */
public record SearchLimits(
    long epoch, Optional<Duration> time, Optional<Double> targetHypervolume) {

  public static SearchLimits of(SearchSpec spec) {
    return new SearchLimits(spec.epoch(), spec.time(), spec.targetHypervolume());
  }
}
