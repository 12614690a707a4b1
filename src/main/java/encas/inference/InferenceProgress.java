package encas.inference;

import encas.inference.InferenceReport.ModelResult;
import java.time.Duration;

/** Is told how far inference is, if it cares; called from several threads, one at a time. */
public interface InferenceProgress {

  /** Tells nobody. */
  InferenceProgress NONE = new InferenceProgress() {};

  /**
   * How far it is.
   *
   * @param models (model, split)s that have ended, well or not
   * @param modelsTotal (model, split)s of the plan that were to be computed
   * @param samples samples classified, each once a model; those that an earlier run has left count
   * @param imagesPerS samples a second since the start, over all models; of this run alone
   * @param imagesPerSOfDevice samples a second of one busy device, loading left out
   * @param waiting share of the devices' busy time that went into waiting for decoded pictures,
   *     0..1
   * @param elapsed since the start
   * @param remaining estimated from the models' costs
   */
  record State(
      int models,
      int modelsTotal,
      long samples,
      long samplesTotal,
      double imagesPerS,
      double imagesPerSOfDevice,
      double waiting,
      Duration elapsed,
      Duration remaining) {}

  /**
   * What is to be done, and for what it was planned.
   *
   * @param gpu whether its devices are GPUs
   * @param models (model, split)s to be computed
   * @param groups of models that share decoding, or one that does its own
   * @param tasks of all models
   */
  record Plan(Cluster cluster, boolean gpu, int models, int groups, int tasks) {
    public static Plan of(InferencePlan plan, Cluster cluster, boolean gpu) {
      int tasks = plan.work().stream().mapToInt(Work::shards).sum();
      return new Plan(cluster, gpu, plan.work().size(), plan.groups().size(), tasks);
    }
  }

  /**
   * Nothing can be planned yet.
   *
   * @param executors that have registered
   * @param expected 0 if that is not known
   */
  default void waiting(int executors, int expected) {}

  /** It begins. */
  default void planned(Plan plan) {}

  /** A shard has been stored, or a model has ended. */
  default void advanced(State state) {}

  /** A model has ended on a split. */
  default void ended(ModelResult result) {}
}
