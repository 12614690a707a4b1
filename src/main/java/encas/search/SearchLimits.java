package encas.search;

import encas.config.SearchSpec;
import java.time.Duration;

/**
 * When a search exchanges and when it ends besides its budget.
 *
 * @param epoch most evaluations of one island between two exchanges
 * @param millis limit on the clock that the search is given; {@link Long#MAX_VALUE} for none
 * @param targetHypervolume linear hypervolume at which it is enough; infinite for none
 */
public record SearchLimits(long epoch, long millis, double targetHypervolume) {

  /** Where first epochs are short, the length of the first; each next one is twice as long. */
  private static final long FIRST_EPOCH = 100;

  public static SearchLimits of(SearchSpec spec) {
    return new SearchLimits(
        spec.epoch(),
        spec.time().map(Duration::toMillis).orElse(Long.MAX_VALUE),
        spec.targetHypervolume().orElse(Double.POSITIVE_INFINITY));
  }

  /** No limit but the budget. */
  public static SearchLimits none(long epoch) {
    return new SearchLimits(epoch, Long.MAX_VALUE, Double.POSITIVE_INFINITY);
  }

  /**
   * Evaluations of an island at which an epoch ends.
   *
   * @param index 0 is the first epoch
   * @param growing whether the first epochs are short
   */
  long until(int index, boolean growing) {
    long end = 0;
    long length = growing ? Math.min(FIRST_EPOCH, epoch) : epoch;
    for (int i = 0; i <= index; i++) {
      end += length;
      length = Math.min(epoch, 2 * length);
    }
    return end;
  }

  /** The end on a clock that showed this at the start. */
  long deadline(long started) {
    return millis == Long.MAX_VALUE ? Long.MAX_VALUE : started + millis;
  }
}
