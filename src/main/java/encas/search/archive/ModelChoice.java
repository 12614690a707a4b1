package encas.search.archive;

import java.util.Arrays;
import java.util.Comparator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Draws the model that a cascade is to try: half of the time one that errs little alone, else one
 * that costs about as much as another, or any. Of the n models whose errors are known the one of
 * rank r by error is drawn with probability log(1 + 1/r) / log(n + 1), a few of the best most of
 * the time: the most accurate cascades are made of them, whatever they cost.
 *
 * <p>Models are counted from 1. O(models of the cascade) a draw; what was learned since the last
 * one has the pool sorted anew.
 */
final class ModelChoice {

  /** What a model may cost. */
  enum Cost {
    /**
     * About what the other one costs; a good one little more than the dearest that is there: at
     * most a tenth of the pool lies between them.
     */
    ALIKE,
    /** About what the other one costs; a good one anything. */
    ALIKE_UNLESS_GOOD,
    /** Anything. */
    ANY
  }

  /** Draws of a good model after which none is taken to be cheap enough. */
  private static final int TRIES = 4;

  private final int models;
  private final int reach;

  /** For each cost axis the models in ascending cost, and each model's place in that order. */
  private final int[][] byCost;

  private final int[][] ranks;

  /** Of each model alone; NaN where it is not known. */
  private final double[] errors;

  /** Those of known error, the best first; null after something was learned. */
  private int[] byError;

  /** log(n + 1) for n of them. */
  private double spread;

  /**
   * Of a pool.
   *
   * @param costs {@code [cost axes x models]}
   */
  ModelChoice(double[][] costs) {
    models = costs[0].length;
    reach = Math.max(3, models / 10);
    byCost = new int[costs.length][];
    ranks = new int[costs.length][models + 1];
    for (int axis = 0; axis < costs.length; axis++) {
      byCost[axis] = models().boxed().sorted(by(costs[axis])).mapToInt(m -> m).toArray();
      for (int rank = 0; rank < models; rank++) {
        ranks[axis][byCost[axis][rank]] = rank;
      }
    }
    errors = new double[models];
    Arrays.fill(errors, Double.NaN);
  }

  private IntStream models() {
    return IntStream.rangeClosed(1, models);
  }

  private static Comparator<Integer> by(double[] values) {
    return Comparator.comparingDouble(model -> values[model - 1]);
  }

  /** What a model alone has wrong. */
  void learn(int model, double error) {
    if (errors[model - 1] != error) {
      errors[model - 1] = error;
      byError = null;
    }
  }

  /** The errors known, {@code [models]}; NaN for the others. */
  double[] errors() {
    return errors.clone();
  }

  /**
   * A model.
   *
   * @param like which it is to resemble
   * @param drafted the models that are there, {@code size} of them
   */
  int draw(int like, int[] drafted, int size, int axis, Cost cost, RandomGenerator random) {
    if (random.nextBoolean()) {
      int good = good(limit(drafted, size, axis, cost), axis, random);
      if (good > 0) {
        return good;
      }
    }
    if (cost == Cost.ANY || random.nextInt(3) == 0) {
      return random.nextInt(1, models + 1);
    }
    int low = Math.max(0, ranks[axis][like] - reach);
    int high = Math.min(models - 1, ranks[axis][like] + reach);
    return byCost[axis][random.nextInt(low, high + 1)];
  }

  /** The highest rank by cost that a good model may have. */
  private int limit(int[] drafted, int size, int axis, Cost cost) {
    if (cost != Cost.ALIKE) {
      return models;
    }
    int dearest = 0;
    for (int at = 0; at < size; at++) {
      dearest = Math.max(dearest, ranks[axis][drafted[at]]);
    }
    return dearest + reach;
  }

  /** A model that errs little alone; 0 for none. */
  private int good(int limit, int axis, RandomGenerator random) {
    if (byError == null) {
      byError = // of equals the cheaper first
          Arrays.stream(byCost[0])
              .filter(model -> !Double.isNaN(errors[model - 1]))
              .boxed()
              .sorted(by(errors))
              .mapToInt(model -> model)
              .toArray();
      spread = StrictMath.log(byError.length + 1.0);
    }
    for (int draw = 0; draw < TRIES && byError.length > 0; draw++) {
      int rank = (int) StrictMath.exp(spread * random.nextDouble()) - 1;
      int model = byError[Math.min(rank, byError.length - 1)]; // exp may round up
      if (ranks[axis][model] <= limit) {
        return model;
      }
    }
    return 0;
  }
}
