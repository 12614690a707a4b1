package encas.inference.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import encas.inference.spark.LoadTrial.End;
import encas.inference.spark.LoadTrial.Outcome;
import encas.pool.Classifier;
import encas.pool.ClassifierLoader;
import encas.pool.ClassifierLoader.Placement;
import encas.pool.ModelCard;
import encas.pool.ModelCard.InputShape;
import encas.pool.ModelFaultException;
import encas.pool.djl.TinyOnnx;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that load models; see {@link InferenceFaultsIT} for one that crashes. */
@Timeout(60)
class LoadTrialTest {
  @TempDir Path folder;

  /** What happens in the trial's process instead of a load. */
  private interface Load extends Serializable {
    void run(ModelCard card) throws Exception;
  }

  private LoadTrial trial(Load load) throws IOException {
    ClassifierLoader loader =
        (card, classes, store, placement) -> {
          try {
            load.run(card);
          } catch (RuntimeException e) {
            throw e;
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
          return new Loaded();
        };
    ModelCard card = TinyOnnx.random(new InputShape(1, 2, 2), 3, 1).write(folder, "m");
    HadoopStore store = new HadoopStore(new Configuration(false));
    return new LoadTrial(loader, card, 3, store, Placement.cpu(4, 1));
  }

  @Test
  void a_process_that_is_killed_from_outside_has_not_crashed()
      throws IOException, InterruptedException {
    LoadTrial trial =
        trial(
            card -> {
              long self = ProcessHandle.current().pid();
              new ProcessBuilder("kill", "-KILL", Long.toString(self)).start();
              Thread.sleep(60_000);
            });
    assertEquals(new Outcome(End.KILLED, 137), trial.run());
  }

  @Test
  void a_fault_that_is_no_crash_is_left_to_the_load_that_counts()
      throws IOException, InterruptedException {
    LoadTrial trial =
        trial(
            card -> {
              throw new ModelFaultException(card.id(), "is no model", null);
            });
    assertEquals(new Outcome(End.SURVIVED, 0), trial.run());
  }

  @Test
  void a_trial_ends_with_the_task_that_waits_for_it() throws Exception {
    String begun = folder.resolve("begun").toString();
    LoadTrial trial =
        trial(
            card -> {
              Files.writeString(Path.of(begun), Long.toString(ProcessHandle.current().pid()));
              Thread.sleep(60_000);
            });
    Thread task = Thread.currentThread();
    Thread ender =
        new Thread(
            () -> {
              while (!Files.exists(Path.of(begun))) {
                Thread.onSpinWait();
              }
              task.interrupt();
            });
    ender.start();
    assertThrows(InterruptedException.class, trial::run);
    ender.join();
    List<ProcessHandle> left =
        ProcessHandle.current().children().filter(LoadTrialTest::isTrial).toList();
    for (ProcessHandle process : left) {
      process.onExit().get(20, TimeUnit.SECONDS);
    }
  }

  private static boolean isTrial(ProcessHandle process) {
    return process.info().commandLine().orElse("").contains(LoadTrial.class.getName());
  }

  private static final class Loaded implements Classifier {
    @Override
    public float[] classify(float[] batch, int size) {
      return new float[size * 3];
    }

    @Override
    public int classes() {
      return 3;
    }

    @Override
    public void close() {}
  }
}
