package encas.outputs.hadoop;

import encas.failure.InvalidInputException;
import encas.outputs.Lease;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a run gets the lease of a table: as the first who asks, or by succeeding one that is silent.
 *
 * @param outputs the table
 * @param mine what is to be in the file
 */
record LeaseTaking(LeaseFile file, URI outputs, Lease mine, Clock clock) {
  private static final int TRIES = 5;
  private static final Logger LOG = LoggerFactory.getLogger(LeaseTaking.class);

  /**
   * Takes it.
   *
   * @throws InvalidInputException if another has it; says who
   */
  void take() throws IOException {
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      Optional<Lease> there = file.read();
      if (there.isPresent() && isLive(there.get())) {
        throw refused(there.get());
      }
      if (there.isEmpty() && file.create(mine)) {
        if (file.isMine(file.read())) {
          return;
        }
      } else if ((there.isPresent() || attempt == TRIES)
          && file.succeed(there, mine, this::isLive)) {
        LOG.warn("succeeded {}", there.map(l -> l.describe(clock.instant())).orElse("no one"));
        return;
      }
      LeaseFile.pause();
    }
    throw file.read()
        .map(this::refused)
        .orElseGet(
            () ->
                new InvalidInputException(
                    "the lock " + file + " can be neither read nor made; look at it, delete it"));
  }

  /** Whether the holder of a lease may be at work. */
  boolean isLive(Lease lease) {
    return lease.isLive(clock.instant(), mine.process());
  }

  private InvalidInputException refused(Lease other) {
    return new InvalidInputException(
        "the outputs "
            + outputs
            + " are being written by "
            + other.describe(clock.instant())
            + "; wait until it has ended; if it was killed, the next start after "
            + other.seconds()
            + " s of its silence goes on");
  }
}
