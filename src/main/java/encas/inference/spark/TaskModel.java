package encas.inference.spark;

import encas.inference.Work;
import encas.inference.spark.LoadAttempts.Standing;
import encas.inference.spark.LoadTrial.End;
import encas.inference.spark.LoadTrial.Outcome;
import encas.pool.Classifier;
import encas.pool.ClassifierLoader;
import encas.pool.ClassifierLoader.Placement;
import encas.pool.ModelCard.Engine;
import encas.pool.ModelFaultException;
import encas.storage.Store;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.net.URI;
import org.apache.spark.TaskContext;

/**
 * A task's model: taken from those that this JVM has loaded, or loaded, on the device that Spark
 * gave to the task.
 *
 * @param run tells this run's models from those of another in the same JVM
 * @param gpu true if the model is to run on the GPU that Spark gave to the task
 */
record TaskModel(
    String run, Work work, int classes, LoadAttempts attempts, boolean gpu, ClassifierLoader loader)
    implements Serializable {

  /** What is done with the model; it is given back after it, or closed if this throws. */
  @FunctionalInterface
  interface Use<T> {
    T of(Classifier model) throws IOException;
  }

  <T> T use(int shard, Store store, Use<T> use) throws IOException {
    TaskContext task = TaskContext.get();
    Placement placement =
        new Placement(
            gpu ? GpuSettings.deviceOf(task.resourcesJMap(), work.card().id()) : Placement.CPU,
            work.batchSize(),
            task.cpus());
    LoadedModels.Key key = new LoadedModels.Key(run, work.card().id(), placement);
    Classifier model =
        LoadedModels.OF_THIS_JVM.take(key, () -> load(shard, placement, store, task));
    boolean sound = false;
    try {
      T result = use.of(model);
      sound = true;
      return result;
    } finally {
      if (sound) {
        LoadedModels.OF_THIS_JVM.giveBack(key, model);
      } else {
        model.close();
      }
    }
  }

  private Classifier load(int shard, Placement placement, Store store, TaskContext task) {
    String id = work.card().id();
    try {
      Standing standing = attempts.standing(store, shard);
      if (standing.verdict().isPresent()) {
        throw crashes(standing.verdict().get());
      }
      if (!standing.open().isEmpty() && work.card().engine() != Engine.MLLIB) { // no native code
        tryAlone(new LoadTrial(loader, work.card(), classes, store, placement), standing);
      }
      Classifier model =
          EngineThread.load(id, () -> attempt(shard, task.taskAttemptId(), placement, store));
      for (URI earlier : standing.open()) {
        attempts.end(store, earlier); // found sound: the next task need not try it
      }
      return model;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** In the model's thread, which ends the attempt even if the task does not wait for it. */
  private Classifier attempt(int shard, long id, Placement placement, Store store) {
    URI attempt;
    try {
      attempt = attempts.begin(store, shard, id);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try {
      return loader.load(work.card(), classes, store, placement);
    } finally {
      attempts.end(store, attempt);
    }
  }

  private void tryAlone(LoadTrial trial, Standing standing) throws IOException {
    Outcome outcome;
    try {
      outcome = trial.run();
      if (outcome.end() == End.KILLED) {
        outcome = trial.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineThread.LeftAloneException(e);
    }
    int loads = standing.open().size() + 1;
    switch (outcome.end()) {
      case SURVIVED -> {}
      case CRASHED -> {
        String reason =
            loads
                + " loads of it have not ended, the last one, tried in a process of its own, with"
                + " exit code "
                + outcome.exitCode();
        attempts.condemn(trial.store(), reason);
        throw crashes(reason);
      }
      case KILLED ->
          throw new ModelFaultException(
              work.card().id(),
              "loading it in a process of its own was killed twice (exit code "
                  + outcome.exitCode()
                  + "); if nobody did that, it takes more memory than there is",
              null);
      default -> {
        if (standing.open().size() > 1) {
          throw crashes(standing.open().size() + " loads of it have not ended");
        }
      }
    }
  }

  private ModelFaultException crashes(String reason) {
    return new ModelFaultException(
        work.card().id(),
        reason
            + ": it crashes its process; mend the model, or delete "
            + attempts.folder()
            + " to try it again",
        null);
  }
}
