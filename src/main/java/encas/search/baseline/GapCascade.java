package encas.search.baseline;

import java.util.Arrays;
import java.util.Comparator;

/**
 * A cascade of models that answer alone.
 *
 * @param models 0-based, in the order in which they run
 * @param thresholds on the logit gap, one fewer than models: from there on a model answers
 */
public record GapCascade(int[] models, double[] thresholds) {
  /** Which of several with equal objectives stands for them: as for other cascades. */
  static final Comparator<GapCascade> PREFERENCE =
      Comparator.<GapCascade>comparingInt(cascade -> cascade.models().length)
          .thenComparing(GapCascade::models, Arrays::compare)
          .thenComparing(GapCascade::thresholds, Arrays::compare);
}
