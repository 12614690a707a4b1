package encas.config;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * How models are run: the run file's {@code precompute} section, defaults filled in.
 *
 * @param batchSize samples in a batch; empty means auto
 * @param shardSize samples in a task; empty means auto
 * @param modelTimeout longest time one model may take on one split
 */
public record PrecomputeSpec(
    Devices devices,
    OptionalInt batchSize,
    OptionalInt shardSize,
    OnFault onModelFailure,
    OnFault onBadImage,
    Duration modelTimeout) {
  /** Most samples of a batch. */
  public static final int LARGEST_BATCH = 1 << 20;

  /** Most samples of a task. */
  public static final int LARGEST_SHARD = 1 << 30;

  /** Where to run; GPU never falls back in silence. */
  public enum Devices {
    AUTO,
    GPU,
    CPU
  }

  /** What to do with what is broken. */
  public enum OnFault {
    SKIP,
    STOP
  }
}
