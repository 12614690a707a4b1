package encas.evaluation.hadoop;

import encas.cascade.Confidence;
import encas.config.Keys;
import encas.evaluation.CascadeEvaluator;
import encas.evaluation.DenseOutputs;
import encas.evaluation.EvaluatorSource;
import encas.evaluation.ScaledSplit;
import encas.failure.InvalidInputException;
import encas.outputs.Manifest;
import encas.outputs.SplitOutputs;
import encas.outputs.hadoop.OutputTable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A split's outputs as whole rows in memory, for confidences that the compact table cannot tell:
 * loaded by whoever first needs an evaluator, once a JVM, and shared by all its threads. What
 * travels is where the rows lie.
 *
 * <p>Memory: 6 bytes x models x samples x classes.
 */
public final class WholeRows implements EvaluatorSource {
  private static final long serialVersionUID = 1L;
  private static final long BYTES_OF_PROBABILITY = Short.BYTES + Integer.BYTES;

  /** The rows in use; another search's take their place. */
  private static final AtomicReference<Loaded> IN_USE = new AtomicReference<>();

  private final OutputTable table;
  private final ScaledSplit split;
  private final ArrayList<String> ids = new ArrayList<>();
  private final ArrayList<String> fingerprints = new ArrayList<>();
  private final long samples;
  private final int classes;
  private final Confidence confidence;

  private record Loaded(String key, DenseOutputs outputs) {}

  /**
   * Outputs of some models.
   *
   * @param models published on the split, in the order of the model genes
   */
  public WholeRows(
      OutputTable table, ScaledSplit split, List<Manifest> models, Confidence confidence) {
    this.table = table;
    this.split = split;
    for (Manifest model : models) {
      ids.add(model.model());
      fingerprints.add(split.fingerprint(model.model(), model.rowsSha256()));
    }
    this.samples = models.get(0).rows();
    this.classes = models.get(0).classes();
    this.confidence = confidence;
  }

  @Override
  public List<String> models() {
    return List.copyOf(ids);
  }

  /**
   * @throws InvalidInputException if the rows do not fit the heap, or are damaged
   */
  @Override
  public CascadeEvaluator evaluator() {
    String key = table.layout().root() + " " + split.name() + " " + fingerprints + " " + confidence;
    synchronized (IN_USE) {
      Loaded loaded = IN_USE.get();
      if (loaded == null || !loaded.key.equals(key)) {
        IN_USE.set(null); // the old ones' memory is needed for the new ones
        loaded = new Loaded(key, load());
        IN_USE.set(loaded);
      }
      return loaded.outputs.evaluator();
    }
  }

  private DenseOutputs load() {
    long heap = Runtime.getRuntime().maxMemory();
    double size = (double) BYTES_OF_PROBABILITY * ids.size() * samples * classes;
    if (size > heap * 0.8) {
      throw new InvalidInputException(
          String.format(
              "confidence %s needs whole rows in memory: %d models x %d samples x %d classes take"
                  + " %.1f GiB, the heap is %.1f GiB; give --conf spark.driver.memory=%dg (on a"
                  + " cluster spark.executor.memory, too), or use max-probability",
              Keys.spelled(confidence),
              ids.size(),
              samples,
              classes,
              size / 0x1p30,
              heap / 0x1p30,
              (long) Math.ceil(size * 1.3 / 0x1p30) + 1));
    }
    SplitOutputs stored = table.load(split.name(), ids, classes);
    int[] labels = new int[stored.samples()];
    for (int sample = 0; sample < labels.length; sample++) {
      labels[sample] = stored.label(sample);
    }
    short[][] scaled = new short[ids.size()][];
    for (int m = 0; m < scaled.length; m++) {
      scaled[m] = split.temperature(ids.get(m)).scale(stored.rows(m), classes);
    }
    return new DenseOutputs(new SplitOutputs(ids, classes, labels, scaled), confidence);
  }
}
