package encas.search;

import encas.cascade.Cascade;
import java.util.Arrays;
import java.util.Comparator;

/**
 * A cascade with its objective values, error first.
 *
 * @param objectives minimised; not to be written
 */
public record ScoredCascade(Cascade cascade, double[] objectives) {

  /**
   * Which of several cascades with equal objectives stands for them: fewest models, then smallest
   * model genes, then smallest threshold genes.
   */
  public static final Comparator<Cascade> PREFERENCE =
      Comparator.comparingInt(Cascade::size)
          .thenComparing(Cascade::models, Arrays::compare)
          .thenComparing(Cascade::thresholds, Arrays::compare);
}
