package encas.cascade;

import java.io.Serializable;
import java.util.Arrays;

/**
 * A cascade without no-ops: models in the order in which they run, and the threshold genes between
 * them.
 *
 * <p>After stage j the running average of the outputs is compared with {@code thresholds[j] / 50};
 * a sample whose confidence is strictly above it leaves with that average as its answer. In
 * ensemble mode there are no thresholds and every model runs on every sample.
 *
 * @param models genes of the models, 1..M, position 1 of the pool being 1; a model may stand twice
 * @param thresholds genes 0..50, one fewer than models; empty in ensemble mode
 */
public record Cascade(int[] models, int[] thresholds) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Largest threshold gene; the threshold is gene / 50. */
  public static final int MAX_THRESHOLD_GENE = 50;

  /** Does nothing: error 100 %, {@link #EMPTY_COST} in every cost column. */
  public static final Cascade EMPTY = new Cascade(new int[0], new int[0]);

  /** What the empty cascade costs, by definition. */
  public static final double EMPTY_COST = 1e5;

  public Cascade {
    if (thresholds.length != 0 && thresholds.length != models.length - 1) {
      throw new IllegalArgumentException(
          thresholds.length + " thresholds for " + models.length + " models: one fewer is needed");
    }
    for (int stage = 0; stage < models.length; stage++) {
      if (models[stage] < 1) {
        throw new IllegalArgumentException(
            "model gene " + models[stage] + " of stage " + (stage + 1) + " is below 1");
      }
    }
    for (int stage = 0; stage < thresholds.length; stage++) {
      if (thresholds[stage] < 0 || thresholds[stage] > MAX_THRESHOLD_GENE) {
        throw new IllegalArgumentException(
            "threshold gene "
                + thresholds[stage]
                + " of stage "
                + (stage + 2)
                + " is outside [0, "
                + MAX_THRESHOLD_GENE
                + "]");
      }
    }
  }

  /** Number of stages. */
  public int size() {
    return models.length;
  }

  /** True if every model runs on every sample. */
  public boolean isEnsemble() {
    return thresholds.length == 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Cascade that
        && Arrays.equals(models, that.models)
        && Arrays.equals(thresholds, that.thresholds);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(models) + Arrays.hashCode(thresholds);
  }

  @Override
  public String toString() {
    return "Cascade" + Arrays.toString(models) + Arrays.toString(thresholds);
  }
}
