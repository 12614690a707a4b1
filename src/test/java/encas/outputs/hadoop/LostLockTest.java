package encas.outputs.hadoop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.failure.InvalidInputException;
import encas.failure.RunFailedException;
import encas.outputs.Begun;
import encas.outputs.FileSummary;
import encas.outputs.Fingerprint;
import encas.outputs.HolderProcess;
import encas.outputs.Json;
import encas.outputs.Lease;
import encas.outputs.Parts;
import encas.pool.ModelCard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/** What becomes of a lock that its holder does not hold for sure any more. */
@Timeout(60)
class LostLockTest extends TableLockFixture {
  @Test
  void a_run_that_was_succeeded_fails_and_leaves_the_successors_lock() throws Exception {
    CountDownLatch lost = new CountDownLatch(1);
    try (TableLock lock =
        TableLock.take(
            layout, store, null, Duration.ofSeconds(2), Clock.systemUTC(), lost::countDown)) {
      lock.check();
      HolderProcess other = new HolderProcess("another-host", null, null, 1, null);
      String now = Instant.now().toString();
      Json.publish(store, layout.lock(), new Lease("other", other, "ada", null, now, now, 120));
      assertTrue(lost.await(20, TimeUnit.SECONDS));
      assertTrue(
          assertThrows(RunFailedException.class, lock::check).getMessage().contains("user ada"));
    }
    assertTrue(Files.exists(root.resolve("_lock.json")));
  }

  @Test
  void a_run_whose_successor_has_come_and_gone_knows_it_and_does_not_take_the_lock_again()
      throws IOException {
    Hands clock = new Hands();
    try (TableLock paused = take(LONG, clock)) {
      clock.now = THEN.plusSeconds(121);
      Files.delete(root.resolve("_lock.json")); // the successor's work is done
      assertThrows(RunFailedException.class, paused::check);
      assertThrows(RunFailedException.class, paused::check);
      assertFalse(Files.exists(root.resolve("_lock.json")));
    }
  }

  @Test
  void a_run_that_wakes_after_its_lease_goes_on_if_nobody_has_taken_over() throws IOException {
    Hands clock = new Hands();
    try (TableLock paused = take(LONG, clock)) {
      clock.now = THEN.plusSeconds(1000);
      paused.check();
      assertThrows(InvalidInputException.class, () -> take(LONG, clock));
      clock.now = THEN.plusSeconds(1100);
      paused.check();
    }
    assertFalse(Files.exists(root.resolve("_lock.json")));
  }

  @Test
  void a_lock_that_somebody_removed_by_hand_is_made_again() throws IOException {
    Hands clock = new Hands();
    try (TableLock held = take(LONG, clock)) {
      Files.delete(root.resolve("_lock.json"));
      held.check();
      assertThrows(InvalidInputException.class, () -> take(LONG, clock));
    }
  }

  @Test
  void what_a_run_that_was_succeeded_publishes_quarantines_or_prunes_is_refused()
      throws IOException {
    ModelCard card = Tables.card("a", "0a");
    OutputTable table = Tables.in(root);
    Tables.publish(table, card, Tables.rows(0, 5, 1));
    byte[] before = Files.readAllBytes(root.resolve("split=search/model=a/_manifest.json"));
    Hands clock = new Hands();
    try (TableLock paused = take(LONG, clock)) {
      OutputTable mine = table.guardedBy(paused);
      Parts parts = mine.parts("search", "a", Fingerprint.of(card, "0ther"), "shard 3");
      List<FileSummary> shards = Tables.writeShards(mine, parts, Tables.rows(0, 5, 2));
      clock.now = THEN.plusSeconds(121);
      try (TableLock successor = take(LONG, clock)) {
        for (Executable writing :
            List.<Executable>of(
                () -> mine.publish(parts, shards, Tables.publication(card, 5)),
                () -> mine.publish(parts, shards.subList(1, 2), Tables.publication(card, 5)),
                () -> mine.quarantine("search", "a", Fingerprint.of(card, "0ther"), "slow"),
                () ->
                    mine.begin(
                        "search", "a", Fingerprint.of(card, "0ther"), new Begun("cpu", 64, 3)),
                () ->
                    new Pruner(mine)
                        .prune(Tables.pool(), Map.of("search", new ExpectedData("0ther", 5))))) {
          String message = assertThrows(RunFailedException.class, writing).getMessage();
          assertTrue(message.contains("were taken over by user"), message);
        }
        successor.check();
      }
      assertArrayEquals(
          before, Files.readAllBytes(root.resolve("split=search/model=a/_manifest.json")));
      assertTrue(Files.exists(Path.of(parts.file(0))), "the successor's shards");
      assertFalse(Files.exists(root.resolve("_quarantine")));
      table.load("search", List.of("a"), Tables.CLASSES);
    }
  }

  /** A clock that is set by hand. */
  private static final class Hands extends Clock {
    private volatile Instant now = THEN;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneOffset getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
