package encas.outputs.hadoop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.failure.InvalidInputException;
import encas.outputs.HolderProcess;
import encas.outputs.Json;
import encas.outputs.Lease;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TableLockTest extends TableLockFixture {
  @Test
  void the_second_process_is_told_who_the_first_is_and_gets_the_lock_when_it_ends()
      throws Exception {
    try (LockHolder first = new LockHolder(layout.root(), LONG)) {
      assertEquals("held", first.hear());
      try (LockHolder second = new LockHolder(layout.root(), LONG)) {
        String refusal = second.hear();
        for (String part :
            List.of(
                "process " + first.pid() + " on ",
                "user " + System.getProperty("user.name"),
                "application app-1",
                "since 20",
                root.getFileName().toString())) {
          assertTrue(refusal.contains(part), "no '" + part + "' in: " + refusal);
        }
      }
      assertTrue(Files.exists(root.resolve("_lock.json")), "the refused one took the lock away");
    }
  }

  @Test
  void a_killed_holder_on_this_machine_is_succeeded_at_once() throws Exception {
    try (LockHolder first = new LockHolder(layout.root(), LONG)) {
      assertEquals("held", first.hear());
      assertThrows(InvalidInputException.class, this::take);
      first.kill();
      take().close();
    }
  }

  @Test
  void a_paused_holder_is_succeeded_after_its_lease_and_then_knows_it() throws Exception {
    Duration lease = Duration.ofSeconds(12);
    try (LockHolder first = new LockHolder(layout.root(), lease)) {
      assertEquals("held", first.hear());
      Lease taken = lease();
      while (lease().renewed().equals(taken.renewed())) {
        Thread.sleep(20);
      }
      Clock justBefore = at(Instant.parse(taken.renewed()).plus(lease));
      assertThrows(InvalidInputException.class, () -> take(LONG, justBefore));
      first.signal("STOP");
      Clock after = Clock.offset(Clock.systemUTC(), lease.plusSeconds(1)); // not waited for
      try (TableLock second = take(LONG, after)) {
        first.signal("CONT");
        assertEquals("lost", first.hear());
        second.check();
      }
    }
  }

  @Test
  void an_interrupted_thread_gives_the_lock_back_and_stays_interrupted() throws IOException {
    TableLock lock = take();
    assertTrue(Files.exists(root.resolve("_lock.json")));
    Thread.currentThread().interrupt();
    lock.close();
    assertTrue(Thread.interrupted());
    assertFalse(Files.exists(root.resolve("_lock.json")));
  }

  @Test
  void a_silent_holder_elsewhere_is_succeeded_when_its_lease_is_over_and_not_before()
      throws IOException {
    HolderProcess elsewhere = new HolderProcess("another-host", null, "pid:[1]", 1, null);
    Lease silent = new Lease("t", elsewhere, "ada", "app-7", THEN.toString(), THEN.toString(), 120);
    Json.publish(store, layout.lock(), silent);
    InvalidInputException refused =
        assertThrows(InvalidInputException.class, () -> take(LONG, at(THEN.plusSeconds(119))));
    assertTrue(
        refused.getMessage().contains("user ada, process 1 on another-host, application app-7"),
        refused.getMessage());
    assertTrue(refused.getMessage().contains("last heard of 119 s ago"), refused.getMessage());
    take(LONG, at(THEN.plusSeconds(120))).close();
    assertFalse(Files.exists(root.resolve("_lock.json")));
  }

  private static Clock at(Instant instant) {
    return Clock.fixed(instant, ZoneOffset.UTC);
  }

  @Test
  void of_many_that_find_a_silent_holder_one_succeeds_it() throws Exception {
    int many = 16;
    ExecutorService threads = Executors.newFixedThreadPool(many);
    for (int round = 0; round < 10; round++) {
      HolderProcess gone = new HolderProcess("another-host", null, null, 1, null);
      Json.publish(
          store,
          layout.lock(),
          new Lease("t" + round, gone, "ada", null, THEN.toString(), THEN.toString(), 120));
      CountDownLatch start = new CountDownLatch(1);
      List<Future<TableLock>> takers = new ArrayList<>();
      for (int i = 0; i < many; i++) {
        Callable<TableLock> taker =
            () -> {
              start.await();
              try {
                return take();
              } catch (InvalidInputException e) {
                return null;
              }
            };
        takers.add(threads.submit(taker));
      }
      start.countDown();
      List<TableLock> holders = new ArrayList<>();
      for (Future<TableLock> taker : takers) {
        TableLock lock = taker.get(20, TimeUnit.SECONDS);
        if (lock != null) {
          holders.add(lock);
        }
      }
      assertEquals(1, holders.size(), "holders in round " + round);
      holders.get(0).close();
      assertFalse(Files.exists(root.resolve("_lock.json")));
    }
    threads.shutdown();
  }

  @Test
  void nothing_is_left_of_a_table_in_which_nothing_was_written() throws IOException {
    take().close();
    assertFalse(Files.exists(root));
    Files.createDirectories(root);
    take().close();
    assertTrue(Files.exists(root), "it was there before");
  }

  @Test
  void a_lock_file_of_one_that_crashed_while_it_made_it_is_replaced() throws IOException {
    for (String left : List.of("_lock.json", "_lock.unreadable.json")) {
      Files.createDirectories(root);
      Files.createFile(root.resolve("_lock.json"));
      Files.write(root.resolve(left), new byte[0]);
      if (left.equals("_lock.json")) {
        take().close();
      } else {
        assertThrows(InvalidInputException.class, this::take); // takes away the claim
        take().close();
      }
      try (var files = Files.list(root)) {
        assertEquals(List.of(), files.toList());
      }
    }
  }
}
