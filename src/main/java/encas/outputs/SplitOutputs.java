package encas.outputs;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The stored outputs of a pool on one split, in memory: {@code [models x samples x classes]} half
 * precision, and the labels.
 *
 * <p>Memory: 2 bytes x models x samples x classes. Rows are in ascending order of the sample's
 * index.
 */
public final class SplitOutputs implements Serializable {
  private static final long serialVersionUID = 1L;

  private final List<String> models;
  private final int classes;
  private final int[] labels;
  private final short[][] halves;

  /**
   * @param models ids, in pool order
   * @param classes number of classes
   * @param labels class of each sample
   * @param halves for each model its rows one after the other, {@code [samples x classes]}
   */
  public SplitOutputs(List<String> models, int classes, int[] labels, short[][] halves) {
    if (halves.length != models.size()) {
      throw new IllegalArgumentException(
          "outputs of " + halves.length + " models for " + models.size() + " ids");
    }
    for (int m = 0; m < halves.length; m++) {
      if (halves[m].length != (long) labels.length * classes) {
        throw new IllegalArgumentException(
            "model "
                + models.get(m)
                + " has "
                + halves[m].length
                + " numbers, not "
                + labels.length
                + " samples x "
                + classes
                + " classes");
      }
    }
    this.models = new ArrayList<>(models);
    this.classes = classes;
    this.labels = labels;
    this.halves = halves;
  }

  public List<String> models() {
    return Collections.unmodifiableList(models);
  }

  public int samples() {
    return labels.length;
  }

  public int classes() {
    return classes;
  }

  public int label(int sample) {
    return labels[sample];
  }

  /** The bits of the softmax output of a model (0-based, in pool order) on a sample for a class. */
  public short half(int model, int sample, int clazz) {
    return halves[model][sample * classes + clazz];
  }

  /** All rows of a model, {@code [samples x classes]}; shared, not to be written. */
  public short[] rows(int model) {
    return halves[model];
  }
}
