package encas.evaluation.tiered;

import java.util.Arrays;

/**
 * The models that have run, sorted, with repeats: the key of a state. One that grows, one a thread.
 */
final class ModelMultiset {
  private final char[] models;
  private int size;

  /** An empty multiset for up to so many models. */
  ModelMultiset(int capacity) {
    models = new char[capacity];
  }

  private ModelMultiset(char[] models) {
    this.models = models;
    this.size = models.length;
  }

  /** This one as it is now, for good. */
  ModelMultiset snapshot() {
    return new ModelMultiset(Arrays.copyOf(models, size));
  }

  void clear() {
    size = 0;
  }

  /** Adds a model (0-based) where the order puts it. */
  void add(int model) {
    int at = size++;
    while (at > 0 && models[at - 1] > model) {
      models[at] = models[at - 1];
      at--;
    }
    models[at] = (char) model;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ModelMultiset that
        && Arrays.equals(models, 0, size, that.models, 0, that.size);
  }

  @Override
  public int hashCode() {
    int hash = size;
    for (int i = 0; i < size; i++) {
      hash = hash * 0x2C1B3C6D + models[i];
    }
    return hash ^ (hash >>> 15);
  }
}
