package encas.dataset;

import encas.dataset.SampleIndex.Content;
import encas.storage.Store;
import encas.storage.Store.Entry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Reads files for a digest of their bytes, many at once. */
final class FileDigests implements AutoCloseable {
  /** Reading small files is waiting, on an object store above all. */
  private static final int THREADS = 32;

  private final Store store;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(THREADS, FileDigests::daemon);

  FileDigests(Store store) {
    this.store = store;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "encas-digests");
    thread.setDaemon(true);
    return thread;
  }

  Future<Content> of(Entry entry) {
    return threads.submit(() -> digest(entry));
  }

  private Content digest(Entry entry) throws IOException {
    ContentDigest digest = new ContentDigest();
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = store.open(entry.uri())) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.add(buffer, 0, n);
      }
    }
    return Content.read(ByteBuffer.wrap(digest.bytes()));
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
