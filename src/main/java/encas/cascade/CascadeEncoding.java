package encas.cascade;

import java.util.Arrays;

/**
 * How a cascade of at most k models is written as integer genes; the only place that knows the
 * no-op.
 *
 * <p>Cascade mode: k model genes in 0..M, 0 being the no-op, then k - 1 threshold genes in 0..50;
 * threshold gene j guards the step into model position j + 1, and a no-op takes the threshold that
 * guards it away with it. Ensemble mode: k model genes only.
 *
 * <pre>{@code
 * var encoding = new CascadeEncoding(24, 3, CascadeEncoding.Mode.CASCADE);
 * encoding.decode(new int[] {0, 7, 9, 10, 40}); // model 7, threshold 40, model 9
 * }</pre>
 *
 * <p>Source: Chebykin et al., GECCO 2022, section 4.2.
 */
public final class CascadeEncoding {

  /** What the models of a solution do together. */
  public enum Mode {
    /** Run one after the other, until the running average is confident. */
    CASCADE,
    /** Run all, average all. */
    ENSEMBLE
  }

  /** Largest k. */
  public static final int MAX_MODELS = 16;

  private static final int THRESHOLD_VALUES = Cascade.MAX_THRESHOLD_GENE + 1;

  private final int poolSize;
  private final int maxModels;
  private final Mode mode;

  /**
   * @param poolSize M, models in the pool
   * @param maxModels k, 1..16
   */
  public CascadeEncoding(int poolSize, int maxModels, Mode mode) {
    if (poolSize < 1) {
      throw new IllegalArgumentException("a pool of " + poolSize + " models has no cascades");
    }
    if (maxModels < 1 || maxModels > MAX_MODELS) {
      throw new IllegalArgumentException(
          "max-models " + maxModels + " is outside [1, " + MAX_MODELS + "]");
    }
    this.poolSize = poolSize;
    this.maxModels = maxModels;
    this.mode = mode;
  }

  /** Most models of a cascade, k. */
  public int maxModels() {
    return maxModels;
  }

  public Mode mode() {
    return mode;
  }

  /**
   * How many cascades there are, the empty one included; the largest long if there are more.
   * Ensembles are multisets of models.
   */
  public long cascades() {
    double all = 1;
    double ofSize = 1;
    for (int size = 1; size <= maxModels; size++) {
      ofSize *=
          mode == Mode.ENSEMBLE
              ? (poolSize + size - 1.0) / size
              : size == 1 ? poolSize : (double) poolSize * THRESHOLD_VALUES;
      all += ofSize;
    }
    return all < 1L << 40 ? Math.round(all) : Long.MAX_VALUE;
  }

  /** Length of a genotype: 2k - 1, or k for ensembles. */
  public int genes() {
    return mode == Mode.CASCADE ? 2 * maxModels - 1 : maxModels;
  }

  /** Number of values of a gene; they start at 0. */
  public int values(int gene) {
    return gene < maxModels ? poolSize + 1 : THRESHOLD_VALUES;
  }

  /** The cascade without its no-ops; an ensemble's models in pool order. */
  public Cascade decode(int[] genotype) {
    int size = 0;
    for (int position = 0; position < maxModels; position++) {
      size += genotype[position] != 0 ? 1 : 0;
    }
    if (size == 0) {
      return Cascade.EMPTY;
    }
    int[] models = new int[size];
    int[] thresholds = new int[mode == Mode.CASCADE ? size - 1 : 0];
    fill(genotype, models, thresholds, 0);
    return new Cascade(models, thresholds);
  }

  /** The canonical genotype of a cascade: its models first, no-ops behind, unused thresholds 0. */
  public int[] encode(Cascade cascade) {
    if (cascade.size() > maxModels) {
      throw new IllegalArgumentException(
          "a cascade of " + cascade.size() + " models does not fit max-models " + maxModels);
    }
    int[] genotype = new int[genes()];
    System.arraycopy(cascade.models(), 0, genotype, 0, cascade.size());
    System.arraycopy(cascade.thresholds(), 0, genotype, maxModels, cascade.thresholds().length);
    return genotype;
  }

  /** The representative of all genotypes that mean the same cascade. */
  public int[] canonical(int[] genotype) {
    int[] canonical = new int[genes()];
    fill(genotype, canonical, canonical, maxModels);
    return canonical;
  }

  /** Fills in the models that are no no-ops, and from {@code first} on the thresholds between. */
  private void fill(int[] genotype, int[] models, int[] thresholds, int first) {
    int size = 0;
    for (int position = 0; position < maxModels; position++) {
      if (genotype[position] != 0) {
        models[size] = genotype[position];
        // The first model of a cascade runs unguarded, wherever it stands.
        if (mode == Mode.CASCADE && size > 0) {
          thresholds[first + size - 1] = genotype[maxModels + position - 1];
        }
        size++;
      }
    }
    if (mode == Mode.ENSEMBLE) {
      Arrays.sort(models, 0, size);
    }
  }
}
