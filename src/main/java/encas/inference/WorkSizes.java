package encas.inference;

import encas.pool.ModelCard;

/** Batch and shard sizes where the run file says auto. */
final class WorkSizes {
  /** Decoding, resizing and writing a picture, in millions of operations, for each input value. */
  private static final double EFFORT_OF_INPUT = 0.001;

  /** About a second of one core: networks ran at 30 to 35 thousand million a second. */
  private static final double SHARD_EFFORT = 40_000;

  /**
   * A batch's input up to here stays in a core's second-level cache. For every network of the
   * example this is within 3 % of the fastest of 8, 16, 32, 64, 128 and 256 samples.
   */
  private static final int CPU_BATCH_VALUES = 1 << 16;

  private static final int GPU_BATCH_VALUES = 1 << 25;
  private static final int SMALLEST_SHARD = 256;
  private static final int LARGEST_SHARD = 1 << 16;

  private WorkSizes() {}

  /** Estimated millions of operations for one sample. */
  static double effort(ModelCard card) {
    int values = card.input() == null ? 1 : card.input().size();
    Double mflops = card.costs().get("mflops");
    // Without a count a middling net is assumed: a hundred multiply-adds for an input value.
    double model = mflops == null ? values * 1e-4 : mflops;
    return model + values * EFFORT_OF_INPUT;
  }

  static int batch(ModelCard card, boolean gpu) {
    int values = card.input() == null ? 1 : card.input().size();
    int fitting =
        Integer.highestOneBit(Math.max(1, (gpu ? GPU_BATCH_VALUES : CPU_BATCH_VALUES) / values));
    return Math.min(256, Math.max(gpu ? 16 : 32, fitting));
  }

  /**
   * Shards of about a second each, none so small that starting it would cost more than its work; if
   * that leaves cores idle and the model is dear, as many as there are cores.
   */
  static int shard(ModelCard card, long rows, int batch, int parallelism) {
    double effort = effort(card);
    double bySecond = SHARD_EFFORT / effort;
    double byCores = Math.max((double) rows / Math.max(1, parallelism), SHARD_EFFORT / 4 / effort);
    double size = Math.min(LARGEST_SHARD, Math.max(SMALLEST_SHARD, Math.min(bySecond, byCores)));
    long batches = Math.max(1, (long) Math.ceil(size / batch));
    return Math.toIntExact(batches * batch);
  }
}
