package encas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * {@code submit/cluster-local}: a standalone master and two workers, each of which says that it has
 * the GPUs 0 and 1.
 */
public final class LocalCluster implements AutoCloseable {
  private final Process process;
  private final String master;

  /**
   * Starts it and waits until both workers are there.
   *
   * @param folder for the logs and the executors
   * @param cores of each worker
   */
  public LocalCluster(Path folder, int cores) throws IOException {
    Path gpus =
        Files.writeString(
            folder.resolve("gpus.sh"),
            "#!/bin/sh\necho '{\"name\": \"gpu\", \"addresses\": [\"0\", \"1\"]}'\n");
    Files.setPosixFilePermissions(gpus, PosixFilePermissions.fromString("rwxr-xr-x"));
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of("submit/cluster-local").toAbsolutePath().toString(),
                "--cores",
                Integer.toString(cores),
                "--gpus",
                gpus.toString(),
                "--work-dir",
                folder.resolve("cluster").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().remove("SPARK_HOME"); // it has its own
    process = builder.start();
    master = process.inputReader().readLine();
    assertTrue(master != null && master.startsWith("spark://"), "master " + master);
  }

  /** Its URL. */
  public String master() {
    return master;
  }

  /** Ends it by SIGTERM, and holds it to leaving nothing running. */
  @Override
  public void close() {
    List<ProcessHandle> started = new ArrayList<>(process.descendants().toList());
    assertTrue(started.size() >= 3, "a master, two workers, perhaps executors: " + started);
    process.destroy();
    try {
      assertTrue(process.waitFor(30, TimeUnit.SECONDS), "it does not end");
      CompletableFuture.allOf(
              started.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
          .get(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // Said below, by name.
    }
    assertEquals(143, process.exitValue());
    assertTrue(
        started.stream().noneMatch(ProcessHandle::isAlive), () -> "left running: " + started);
  }
}
