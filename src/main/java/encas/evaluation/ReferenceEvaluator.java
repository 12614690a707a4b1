package encas.evaluation;

import encas.cascade.Cascade;
import encas.cascade.Confidence;
import encas.cascade.ExitRule;
import encas.outputs.SplitOutputs;
import encas.storage.Half;
import java.util.Arrays;

/**
 * The definition of a cascade's score, written down: one sample after the other, in doubles. Slow
 * and obvious; the oracle of every other evaluator.
 *
 * <p>Halves are whole multiples of 2<sup>-24</sup>, so the double sums are exact. O(N x stages x
 * classes).
 *
 * <p>Source: Chebykin et al., GECCO 2022, section 4.1.
 */
public final class ReferenceEvaluator implements CascadeEvaluator {
  private final SplitOutputs outputs;
  private final Confidence confidence;

  public ReferenceEvaluator(SplitOutputs outputs) {
    this(outputs, Confidence.MAX_PROBABILITY);
  }

  public ReferenceEvaluator(SplitOutputs outputs, Confidence confidence) {
    this.outputs = outputs;
    this.confidence = confidence;
  }

  @Override
  public int samples() {
    return outputs.samples();
  }

  @Override
  public int models() {
    return outputs.models().size();
  }

  @Override
  public CascadeScore evaluate(Cascade cascade) {
    int[] reach = new int[cascade.size()];
    int wrong = 0;
    for (int sample = 0; sample < outputs.samples(); sample++) {
      int answer = answer(cascade, sample, reach);
      if (answer < 0 || answer != outputs.label(sample)) {
        wrong++;
      }
    }
    return new CascadeScore(outputs.samples(), wrong, reach);
  }

  @Override
  public SampleOutcomes outcomes(Cascade cascade) {
    int[] exitStage = new int[outputs.samples()];
    boolean[] right = new boolean[exitStage.length];
    for (int sample = 0; sample < exitStage.length; sample++) {
      int[] reach = new int[cascade.size()];
      int answer = answer(cascade, sample, reach);
      right[sample] = answer >= 0 && answer == outputs.label(sample);
      exitStage[sample] = Arrays.stream(reach).sum() - 1;
    }
    return new SampleOutcomes(exitStage, right);
  }

  /**
   * The class a cascade answers for a sample (-1 for the empty cascade); counts the stages it
   * reaches.
   */
  private int answer(Cascade cascade, int sample, int[] reach) {
    double[] sum = new double[outputs.classes()];
    int answer = -1;
    for (int stage = 0; stage < cascade.size(); stage++) {
      if (stage > 0 && !cascade.isEnsemble()) {
        if (ExitRule.leaves(confidence(sum, stage), cascade.thresholds()[stage - 1])) {
          break;
        }
      }
      reach[stage]++;
      for (int c = 0; c < sum.length; c++) {
        sum[c] += Half.toFloat(outputs.half(cascade.models()[stage] - 1, sample, c));
      }
      answer = firstLargest(sum);
    }
    return answer;
  }

  /** By the definitions of {@link Confidence}, over the average of so many models. */
  private double confidence(double[] sum, int models) {
    double[] sorted = sum.clone();
    Arrays.sort(sorted);
    double largest = sorted[sorted.length - 1];
    return switch (confidence) {
      case MAX_PROBABILITY -> largest / models;
      case MARGIN -> (largest - (sorted.length == 1 ? 0 : sorted[sorted.length - 2])) / models;
      case ENTROPY -> {
        double entropy = 0;
        for (double probability : sum) {
          double average = probability / models;
          entropy -= average == 0 ? 0 : average * StrictMath.log(average);
        }
        double sure = 1 - entropy / StrictMath.log(Math.max(2, sum.length));
        yield Math.rint(Math.min(1, Math.max(0, sure)) * Half.UNIT) / Half.UNIT;
      }
    };
  }

  private static int firstLargest(double[] values) {
    int best = 0;
    for (int c = 1; c < values.length; c++) {
      if (values[c] > values[best]) {
        best = c;
      }
    }
    return best;
  }
}
