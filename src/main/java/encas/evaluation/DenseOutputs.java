package encas.evaluation;

import encas.cascade.Confidence;
import encas.outputs.SplitOutputs;
import encas.storage.Half;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A split's outputs as the dense evaluator wants them: probabilities as whole units of
 * 2<sup>-24</sup>, {@code [models x samples x classes]}, and for each model alone its confidence
 * and whether it is right. Immutable; shared by all threads of a JVM.
 *
 * <p>Memory: 4 bytes x M x N x C, and 5 bytes x M x N. Built lazily where it has been shipped to,
 * so that what travels is the half-precision form.
 */
public final class DenseOutputs implements EvaluatorSource {
  private static final long serialVersionUID = 1L;

  private final SplitOutputs outputs;
  private final Confidence confidence;
  private transient volatile Tables tables;

  /**
   * @param units for each model {@code [samples x classes]}
   * @param sure for each model {@code [samples]}, its confidence in the row
   * @param right for each model {@code [samples]}, whether the first largest class is the label
   */
  record Tables(int[][] units, int[][] sure, boolean[][] right) {}

  /** Outputs for cascades that go by the largest probability. */
  public DenseOutputs(SplitOutputs outputs) {
    this(outputs, Confidence.MAX_PROBABILITY);
  }

  /** Outputs for cascades that go by some confidence. */
  public DenseOutputs(SplitOutputs outputs, Confidence confidence) {
    this.outputs = outputs;
    this.confidence = confidence;
  }

  Confidence confidence() {
    return confidence;
  }

  public SplitOutputs outputs() {
    return outputs;
  }

  @Override
  public List<String> models() {
    return outputs.models();
  }

  @Override
  public CascadeEvaluator evaluator() {
    return new DenseEvaluator(this);
  }

  Tables tables() {
    if (tables == null) {
      synchronized (this) {
        if (tables == null) {
          tables = build();
        }
      }
    }
    return tables;
  }

  private Tables build() {
    int models = outputs.models().size();
    var built = new Tables(new int[models][], new int[models][], new boolean[models][]);
    IntStream.range(0, models).parallel().forEach(model -> fill(built, model));
    return built;
  }

  private void fill(Tables built, int model) {
    int classes = outputs.classes();
    short[] halves = outputs.rows(model);
    int[] units = new int[halves.length];
    int[] sure = new int[outputs.samples()];
    boolean[] right = new boolean[outputs.samples()];
    for (int sample = 0; sample < outputs.samples(); sample++) {
      int start = sample * classes;
      int best = start;
      for (int at = start; at < start + classes; at++) {
        units[at] = Half.toUnits(halves[at]);
        if (units[at] > units[best]) {
          best = at;
        }
      }
      sure[sample] = confidence.units(units, start, classes, 1);
      right[sample] = best - start == outputs.label(sample);
    }
    built.units()[model] = units;
    built.sure()[model] = sure;
    built.right()[model] = right;
  }
}
