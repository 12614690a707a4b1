package encas.storage.hadoop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HadoopStoreTest {
  private static final byte[] OLD = {1};
  private static final byte[] NEW = {2, 3};

  @TempDir private Path folder;
  private final HadoopStore store = new HadoopStore(new Configuration());

  @Test
  void a_thread_that_was_told_to_stop_still_publishes() throws IOException {
    Path file = folder.resolve("a/b/front.json");
    Thread.currentThread().interrupt();
    try {
      store.publish(file.toUri(), out -> out.write(NEW));
    } finally {
      assertTrue(Thread.interrupted(), "the thread is still told to stop");
    }
    assertArrayEquals(NEW, Files.readAllBytes(file));
  }

  @Test
  void a_folder_may_be_a_link() throws IOException {
    Path real = Files.createDirectory(folder.resolve("real"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), real);
    store.publish(link.resolve("file").toUri(), out -> out.write(NEW));
    assertArrayEquals(NEW, Files.readAllBytes(real.resolve("file")));
  }

  @Test
  void what_fails_leaves_the_old_file_and_nothing_beside_it() throws IOException {
    Path file = folder.resolve("file");
    Files.write(file, OLD);
    assertThrows(
        IOException.class,
        () ->
            store.publish(
                file.toUri(),
                out -> {
                  out.write(NEW);
                  throw new IOException("no more");
                }));
    assertArrayEquals(OLD, Files.readAllBytes(file));
    try (var files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList());
    }
  }

  @Test
  void of_many_that_create_a_file_one_does_and_what_fails_leaves_none() throws Exception {
    Path file = folder.resolve("made/lock");
    assertThrows(
        IOException.class,
        () ->
            store.create(
                file.toUri(),
                out -> {
                  throw new IOException("no more");
                }));
    assertFalse(Files.exists(file));
    List<Callable<Boolean>> makers =
        Collections.nCopies(8, () -> store.create(file.toUri(), out -> out.write(NEW)));
    ExecutorService threads = Executors.newFixedThreadPool(makers.size());
    int made = 0;
    for (Future<Boolean> maker : threads.invokeAll(makers)) {
      made += maker.get() ? 1 : 0;
    }
    threads.shutdown();
    assertEquals(1, made);
    assertArrayEquals(NEW, Files.readAllBytes(file));
    try (var files = Files.list(file.getParent())) {
      assertEquals(List.of(file), files.toList());
    }
  }
}
