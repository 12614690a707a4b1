package encas.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.LocalCluster;
import encas.cli.Launcher.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs through the assembled Spark home, whose executors are processes of their own. Builds that
 * home and the shaded jar if they are not there, so only {@code mvn -Pscale verify} runs it.
 */
@Tag("scale")
class ClusterIT {
  @TempDir private Path folder;

  @Test
  @Timeout(value = 8, unit = TimeUnit.MINUTES)
  void a_run_on_executors_gives_the_bytes_of_the_embedded_one_and_the_same_exit_codes()
      throws IOException {
    SmallRun small = new SmallRun(folder);
    Ended embedded = small.start("run");
    assertEquals(0, embedded.exitCode(), embedded.err());

    String[] cluster = {
      "--master",
      "local-cluster[2,1,1024]",
      "--profile",
      "standalone",
      "--conf",
      "spark.executor.memory=1g",
      "--conf",
      "spark.driver.memory=1g",
      "--set",
      "outputs=" + folder.resolve("cluster/outputs"),
      "--set",
      "results=" + folder.resolve("cluster/results")
    };
    Ended spread = small.start("run", cluster);
    assertEquals(0, spread.exitCode(), spread.err());
    assertEquals(0, small.start("search", cluster).exitCode());
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("results/front.json")),
        Files.readAllBytes(folder.resolve("cluster/results/front.json")));

    small.run = small.run.replace("max-models", "max-modles");
    Ended mistaken = small.start("search", cluster);
    assertEquals(2, mistaken.exitCode(), mistaken.err());
    assertTrue(mistaken.lastError().contains("max-modles"), mistaken.err());
  }

  @Test
  @Timeout(value = 8, unit = TimeUnit.MINUTES)
  void a_gpu_without_cuda_ends_the_job_at_its_first_task_and_says_what_is_missing()
      throws IOException {
    SmallRun small = new SmallRun(folder);
    try (LocalCluster cluster = new LocalCluster(folder, 4)) {
      String[] gpus = {
        "--master",
        cluster.master(),
        "--profile",
        "standalone-gpu",
        "--conf",
        "spark.executor.memory=1g",
        "--conf",
        "spark.driver.memory=1g",
        "--conf",
        "spark.driver.host=127.0.0.1",
        "--set",
        "precompute.devices=gpu"
      };
      Ended missing = small.start("precompute", gpus);
      System.out.println(missing.lastError());
      assertEquals(2, missing.exitCode(), missing.err());
      assertTrue(missing.lastError().contains("OnnxRuntime"), missing.err());
      assertTrue(missing.lastError().contains("CUDA"), missing.err());

      gpus[gpus.length - 1] = "precompute.devices=cpu";
      Ended run = small.start("run", gpus);
      assertEquals(0, run.exitCode(), run.err());
      assertTrue(run.err().contains("the search will hold 2 GPUs idle"), run.err());
    }
  }
}
