package encas.outputs.hadoop;

import encas.outputs.Json;
import encas.outputs.Lease;
import encas.outputs.TableLayout;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What tests of the lock share: a table that is not there yet. */
abstract class TableLockFixture {
  static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");
  static final Duration LONG = Duration.ofMinutes(2);

  final HadoopStore store = new HadoopStore(new Configuration(false));
  @TempDir Path folder;
  Path root;
  TableLayout layout;

  @BeforeEach
  void layOut() {
    root = folder.resolve("outputs");
    layout = new TableLayout(root.toUri());
  }

  TableLock take(Duration lease, Clock clock) throws IOException {
    return TableLock.take(layout, store, null, lease, clock, () -> {});
  }

  Lease lease() {
    return Json.read(store, layout.lock(), Lease.class, "lock").orElseThrow();
  }

  TableLock take() throws IOException {
    return take(LONG, Clock.systemUTC());
  }
}
