package encas.outputs.hadoop;

import encas.outputs.Json;
import encas.outputs.Lease;
import encas.outputs.TableLayout;
import encas.storage.Locations;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The file that says who may write to a table, and how it passes from one to another. */
final class LeaseFile {
  private static final long PAUSE_MILLIS = 100;

  private final URI file;
  private final TableLayout layout;
  private final HadoopStore store;
  private final String token;

  /**
   * @param token of whoever uses this
   */
  LeaseFile(TableLayout layout, HadoopStore store, String token) {
    this.file = layout.lock();
    this.layout = layout;
    this.store = store;
    this.token = token;
  }

  /** Empty if there is none, or none that can be read. */
  Optional<Lease> read() {
    return read(file);
  }

  private Optional<Lease> read(URI place) {
    return Json.readIfSound(store, place, Lease.class, "lock");
  }

  boolean isMine(Optional<Lease> lease) {
    return lease.isPresent() && lease.get().token().equals(token);
  }

  /**
   * @return false if there was one
   */
  boolean create(Lease lease) throws IOException {
    return create(file, lease);
  }

  private boolean create(URI place, Lease lease) throws IOException {
    return store.create(place, out -> out.write(bytes(lease)));
  }

  void publish(Lease lease) throws IOException {
    store.publish(file, out -> out.write(bytes(lease)));
  }

  void delete() throws IOException {
    store.delete(file);
  }

  /**
   * Replaces a silent holder, or a file that nobody could read several times: of one that crashed
   * while it made it. Of several that found it so one makes the claim that bears its token; who
   * makes that claim later finds another lease.
   *
   * @param live whether the holder of a lease may be at work
   * @return false if another was faster
   */
  boolean succeed(Optional<Lease> silent, Lease by, Predicate<Lease> live) throws IOException {
    String of = silent.map(Lease::token).orElse("unreadable");
    URI claim = Locations.child(layout.root(), "_lock." + of + ".json");
    if (!create(claim, by)) {
      pause(); // it may be in the making
      if (read(claim).filter(live).isEmpty()) {
        store.delete(claim); // of one that ended in the middle of this
      }
      return false;
    }
    try {
      if (read().equals(silent)) {
        publish(by);
      }
      return isMine(read());
    } finally {
      store.delete(claim);
    }
  }

  /** Gives another the time to end what it is at. */
  static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static byte[] bytes(Lease lease) {
    return Json.write(lease).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
