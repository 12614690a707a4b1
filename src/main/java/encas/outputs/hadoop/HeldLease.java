package encas.outputs.hadoop;

import encas.failure.InvalidInputException;
import encas.failure.RunFailedException;
import encas.outputs.Lease;
import java.io.IOException;
import java.util.Optional;

/**
 * A lease that was taken: renewed in time it goes on; a holder that was silent for too long goes on
 * if nobody has taken over, and otherwise has lost it for good. Safe for many threads.
 */
final class HeldLease {
  private final LeaseTaking taking;
  private final LeaseFile file;
  private final Runnable onLost;
  private Lease renewed;
  private volatile boolean lost;
  private volatile Lease successor;

  /**
   * @param onLost called once, by whoever finds it lost
   */
  HeldLease(LeaseTaking taking, Runnable onLost) {
    this.taking = taking;
    this.file = taking.file();
    this.onLost = onLost;
    this.renewed = taking.mine();
  }

  /** Goes on, or finds that another has taken over. */
  synchronized void renew() throws IOException {
    if (lost) {
      return;
    }
    Optional<Lease> there = file.read();
    Lease next = renewed.renewed(taking.clock().instant());
    if (!taking.isLive(renewed)) {
      // Others may be taking it at this moment: it goes by their rules.
      if (!file.isMine(there) || !file.succeed(there, next, taking::isLive)) {
        lose(file.read());
        return;
      }
    } else if (file.isMine(there)) {
      file.publish(next);
    } else if (there.isPresent() || !file.create(next)) {
      lose(there);
      return;
    } // else somebody removed it by hand
    renewed = next;
  }

  private void lose(Optional<Lease> other) {
    successor = other.filter(lease -> !file.isMine(Optional.of(lease))).orElse(null);
    lost = true;
    onLost.run();
  }

  /**
   * Makes sure that nobody else has taken over.
   *
   * @throws RunFailedException if another has, or if that cannot be found out
   */
  void check() {
    try {
      synchronized (this) {
        if (!lost && (!file.isMine(file.read()) || !taking.isLive(renewed))) {
          renew();
        }
      }
    } catch (IOException | InvalidInputException e) {
      throw new RunFailedException(
          "it cannot be found out who writes the outputs "
              + taking.outputs()
              + ": "
              + e.getMessage()
              + "; run again to go on",
          e);
    }
    if (lost) {
      throw new RunFailedException(
          "the outputs "
              + taking.outputs()
              + " were taken over by "
              + (successor == null ? "another run" : successor.describe(taking.clock().instant()))
              + ", since this run was not heard of for "
              + taking.mine().seconds()
              + " s; let that one finish, then run again",
          null);
    }
  }

  /** Removes it, for the next who asks. */
  void giveBack() throws IOException {
    if (file.isMine(file.read())) {
      file.delete();
    }
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
