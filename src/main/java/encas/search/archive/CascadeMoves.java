package encas.search.archive;

import encas.cascade.Cascade;
import encas.cascade.CascadeEncoding;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Neighbours of a cascade: other thresholds, other models, or the tail of another cascade.
 *
 * <p>The probabilities of the kinds of moves were chosen by experiment; the result hardly depends
 * on them. It does on the models that are tried, see {@link ModelChoice}.
 */
final class CascadeMoves {
  private static final int GENES = Cascade.MAX_THRESHOLD_GENE + 1;
  private static final double THRESHOLD = 0.35;
  private static final double SPLICE = 0.15;

  private final int maxModels;
  private final boolean guarded;
  private final ModelChoice choice;

  /** The cascade under way. */
  private final int[] drafted;

  private final int[] thresholds;
  private int size;

  /** Moves in a pool, to models of a choice. */
  CascadeMoves(CascadeEncoding encoding, ModelChoice choice) {
    this.maxModels = encoding.maxModels();
    this.guarded = encoding.mode() == CascadeEncoding.Mode.CASCADE;
    this.choice = choice;
    this.drafted = new int[maxModels + 1];
    this.thresholds = new int[maxModels + 1];
  }

  /**
   * A neighbour of a cascade, which may be the cascade itself.
   *
   * @param mate whose tail may be taken
   * @param moves how many moves away
   * @param axis the cost axis along which new models resemble old ones
   * @param cost what new models may cost
   */
  Cascade propose(
      Cascade parent,
      Cascade mate,
      int moves,
      int axis,
      ModelChoice.Cost cost,
      RandomGenerator random) {
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
        changeModels(axis, cost, random);
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

  private void changeModels(int axis, ModelChoice.Cost cost, RandomGenerator random) {
    int kind = random.nextInt(10);
    if (kind < 3 && size < maxModels) {
      insert(random.nextInt(size + 1), axis, cost, random);
    } else if (kind >= 3 && kind < 5 && size > 1) {
      remove(random.nextInt(size));
    } else if (kind == 5 && size > 1 && guarded) {
      int at = random.nextInt(size - 1);
      int model = drafted[at];
      drafted[at] = drafted[at + 1];
      drafted[at + 1] = model;
    } else {
      int at = random.nextInt(size);
      drafted[at] = choice.draw(drafted[at], drafted, size, axis, cost, random);
    }
    if (guarded && size > 1 && random.nextBoolean()) {
      shift(random.nextInt(size - 1), 6, random);
    }
  }

  private void insert(int at, int axis, ModelChoice.Cost cost, RandomGenerator random) {
    int like = drafted[Math.max(0, at - 1)];
    int model = choice.draw(like, drafted, size, axis, cost, random);
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
}
