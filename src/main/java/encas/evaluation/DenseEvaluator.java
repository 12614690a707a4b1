package encas.evaluation;

import encas.cascade.Cascade;
import encas.cascade.Confidence;
import encas.cascade.ExitRule;

/**
 * Scores a cascade stage by stage over all samples at once: the first stage from each model's own
 * table, later ones by integer sums over the rows of the samples still in play.
 *
 * <p>Exact: sums of up to 16 halves in units of 2<sup>-24</sup> fit an {@code int}, whatever the
 * order, and {@link ExitRule} compares them as the doubles of the definition would. O(N + sum over
 * later stages of reach x classes); the working memory is 4 bytes x N x (classes + 1).
 */
public final class DenseEvaluator implements CascadeEvaluator {
  private final DenseOutputs dense;
  private final DenseOutputs.Tables tables;
  private final Confidence confidence;
  private final int samples;
  private final int classes;

  /** Samples in play, and the sums of their rows so far, {@code [in play x classes]}. */
  private final int[] inPlay;

  private final int[] sums;

  public DenseEvaluator(DenseOutputs dense) {
    this.dense = dense;
    this.tables = dense.tables();
    this.confidence = dense.confidence();
    this.samples = dense.outputs().samples();
    this.classes = dense.outputs().classes();
    this.inPlay = new int[samples];
    this.sums = new int[Math.multiplyExact(samples, classes)];
  }

  @Override
  public int samples() {
    return samples;
  }

  @Override
  public int models() {
    return dense.outputs().models().size();
  }

  @Override
  public CascadeScore evaluate(Cascade cascade) {
    int[] reach = new int[cascade.size()];
    if (cascade.size() == 0) {
      return new CascadeScore(samples, samples, reach);
    }
    reach[0] = samples;
    if (cascade.size() == 1) {
      return new CascadeScore(samples, wrongAlone(cascade.models()[0] - 1), reach);
    }
    int wrong = firstStage(cascade, reach);
    for (int stage = 1; stage < cascade.size() && reach[stage] > 0; stage++) {
      boolean last = stage == cascade.size() - 1;
      int leaving = last ? 0 : smallestLeaving(cascade, stage + 1);
      wrong += laterStage(cascade, stage, leaving, last, reach);
    }
    return new CascadeScore(samples, wrong, reach);
  }

  /** As the reference does: asked for a few cascades, not millions. */
  @Override
  public SampleOutcomes outcomes(Cascade cascade) {
    return new ReferenceEvaluator(dense.outputs(), confidence).outcomes(cascade);
  }

  private int wrongAlone(int model) {
    int wrong = 0;
    for (boolean right : tables.right()[model]) {
      wrong += right ? 0 : 1;
    }
    return wrong;
  }

  /** The smallest sum of {@code stages} models that leaves; in an ensemble none does. */
  private static int smallestLeaving(Cascade cascade, int stages) {
    return cascade.isEnsemble()
        ? Integer.MAX_VALUE
        : ExitRule.smallestLeaving(stages, cascade.thresholds()[stages - 1]);
  }

  private int firstStage(Cascade cascade, int[] reach) {
    int model = cascade.models()[0] - 1;
    int leaving = smallestLeaving(cascade, 1);
    int[] sure = tables.sure()[model];
    boolean[] right = tables.right()[model];
    int wrong = 0;
    int staying = 0;
    for (int sample = 0; sample < samples; sample++) {
      if (sure[sample] < leaving) {
        inPlay[staying++] = sample;
      } else if (!right[sample]) {
        wrong++;
      }
    }
    int[] units = tables.units()[model];
    for (int i = 0; i < staying; i++) {
      System.arraycopy(units, inPlay[i] * classes, sums, i * classes, classes);
    }
    reach[1] = staying;
    return wrong;
  }

  private int laterStage(Cascade cascade, int stage, int leaving, boolean last, int[] reach) {
    int[] units = tables.units()[cascade.models()[stage] - 1];
    int wrong = 0;
    int staying = 0;
    for (int i = 0; i < reach[stage]; i++) {
      int sample = inPlay[i];
      int from = i * classes;
      int row = sample * classes;
      for (int c = 0; c < classes; c++) {
        sums[from + c] += units[row + c];
      }
      int best = from;
      for (int c = from + 1; c < from + classes; c++) {
        if (sums[c] > sums[best]) {
          best = c;
        }
      }
      int sure =
          confidence == Confidence.MAX_PROBABILITY
              ? sums[best]
              : confidence.units(sums, from, classes, stage + 1);
      if (last || sure >= leaving) {
        wrong += best - from == dense.outputs().label(sample) ? 0 : 1;
      } else {
        // What stays moves up; it never overtakes what is still to be read.
        inPlay[staying] = sample;
        System.arraycopy(sums, from, sums, staying * classes, classes);
        staying++;
      }
    }
    if (!last) {
      reach[stage + 1] = staying;
    }
    return wrong;
  }
}
