package encas.search.archive;

import encas.cascade.Cascade;
import encas.cascade.CascadeEncoding;
import java.util.Arrays;
import java.util.Comparator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Neighbours of a cascade: other thresholds, other models, or the tail of another cascade.
 *
 * <p>The probabilities were chosen by experiment; the result hardly depends on them.
 */
final class CascadeMoves {
  private static final int GENES = Cascade.MAX_THRESHOLD_GENE + 1;
  private static final double THRESHOLD = 0.35;
  private static final double SPLICE = 0.15;

  /** In place of a cost axis: new models need not cost what old ones do. */
  static final int ANY_MODEL = -1;

  private final int models;
  private final int maxModels;
  private final boolean guarded;

  /** For each cost axis the models in ascending cost, and each model's place in that order. */
  private final int[][] byCost;

  private final int[][] ranks;

  /** The cascade under way. */
  private final int[] drafted;

  private final int[] thresholds;
  private int size;

  /**
   * Moves in a pool.
   *
   * @param costs {@code [cost axes x models]}
   */
  CascadeMoves(CascadeEncoding encoding, double[][] costs) {
    this.models = costs[0].length;
    this.maxModels = encoding.maxModels();
    this.guarded = encoding.mode() == CascadeEncoding.Mode.CASCADE;
    this.drafted = new int[maxModels + 1];
    this.thresholds = new int[maxModels + 1];
    this.byCost = new int[costs.length][];
    this.ranks = new int[costs.length][models + 1];
    for (int axis = 0; axis < costs.length; axis++) {
      double[] column = costs[axis];
      byCost[axis] =
          IntStream.rangeClosed(1, models)
              .boxed()
              .sorted(Comparator.comparingDouble(model -> column[model - 1]))
              .mapToInt(Integer::intValue)
              .toArray();
      for (int rank = 0; rank < models; rank++) {
        ranks[axis][byCost[axis][rank]] = rank;
      }
    }
  }

  /**
   * A neighbour of a cascade, which may be the cascade itself.
   *
   * @param mate whose tail may be taken
   * @param moves how many moves away
   * @param axis the cost axis along which new models resemble old ones, or {@link #ANY_MODEL}
   */
  Cascade propose(Cascade parent, Cascade mate, int moves, int axis, RandomGenerator random) {
    size = parent.size();
    System.arraycopy(parent.models(), 0, drafted, 0, size);
    System.arraycopy(parent.thresholds(), 0, thresholds, 0, parent.thresholds().length);
    for (int move = 0; move < moves; move++) {
      double kind = random.nextDouble();
      if (kind < THRESHOLD && guarded && size > 1) {
        moveThreshold(random);
      } else if (kind < THRESHOLD + SPLICE && kind >= THRESHOLD && maxModels > 1) {
        splice(mate, random);
      } else {
        changeModels(axis, random);
      }
    }
    int[] result = Arrays.copyOf(drafted, size);
    if (!guarded) {
      Arrays.sort(result);
      return new Cascade(result, new int[0]);
    }
    return new Cascade(result, Arrays.copyOf(thresholds, size - 1));
  }

  private void moveThreshold(RandomGenerator random) {
    int at = random.nextInt(size - 1);
    if (random.nextInt(4) < 3) {
      shift(at, random.nextBoolean() ? 2 : 8, random);
    } else {
      thresholds[at] = random.nextInt(GENES);
    }
    if (random.nextInt(3) == 0) {
      shift(random.nextInt(size - 1), 4, random);
    }
  }

  private void shift(int at, int most, RandomGenerator random) {
    int by = random.nextInt(1, most + 1);
    int moved = thresholds[at] + (random.nextBoolean() ? by : -by);
    thresholds[at] = Math.max(0, Math.min(GENES - 1, moved));
  }

  /** The first models of this one, then the last of the mate, at most as many as may be. */
  private void splice(Cascade mate, RandomGenerator random) {
    int head = random.nextInt(1, Math.min(size, maxModels - 1) + 1);
    int tail = random.nextInt(1, Math.min(mate.size(), maxModels - head) + 1);
    int from = mate.size() - tail;
    if (guarded && head == size) { // else the threshold that stood there stays
      thresholds[head - 1] = from > 0 ? mate.thresholds()[from - 1] : random.nextInt(GENES);
    }
    System.arraycopy(mate.models(), from, drafted, head, tail);
    if (guarded) {
      System.arraycopy(mate.thresholds(), from, thresholds, head, tail - 1);
    }
    size = head + tail;
  }

  private void changeModels(int axis, RandomGenerator random) {
    int kind = random.nextInt(10);
    if (kind < 3 && size < maxModels) {
      insert(random.nextInt(size + 1), axis, random);
    } else if (kind >= 3 && kind < 5 && size > 1) {
      remove(random.nextInt(size));
    } else if (kind == 5 && size > 1 && guarded) {
      int at = random.nextInt(size - 1);
      int model = drafted[at];
      drafted[at] = drafted[at + 1];
      drafted[at + 1] = model;
    } else {
      int at = random.nextInt(size);
      drafted[at] = model(drafted[at], axis, random);
    }
    if (guarded && size > 1 && random.nextBoolean()) {
      shift(random.nextInt(size - 1), 6, random);
    }
  }

  private void insert(int at, int axis, RandomGenerator random) {
    int model = model(drafted[Math.max(0, at - 1)], axis, random);
    System.arraycopy(drafted, at, drafted, at + 1, size - at);
    drafted[at] = model;
    int joint = Math.max(0, at - 1);
    System.arraycopy(thresholds, joint, thresholds, joint + 1, Math.max(0, size - 1 - joint));
    thresholds[joint] = random.nextInt(GENES);
    size++;
  }

  private void remove(int at) {
    System.arraycopy(drafted, at + 1, drafted, at, size - 1 - at);
    int joint = Math.max(0, at - 1);
    System.arraycopy(thresholds, joint + 1, thresholds, joint, size - 2 - joint);
    size--;
  }

  /** A model, most of the time one that costs about as much as another. */
  private int model(int like, int axis, RandomGenerator random) {
    if (axis == ANY_MODEL || random.nextInt(3) == 0) {
      return random.nextInt(1, models + 1);
    }
    int reach = Math.max(3, models / 10);
    int low = Math.max(0, ranks[axis][like] - reach);
    int high = Math.min(models - 1, ranks[axis][like] + reach);
    return byCost[axis][random.nextInt(low, high + 1)];
  }
}
