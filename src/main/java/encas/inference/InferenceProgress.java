package encas.inference;

import encas.inference.InferenceReport.ModelResult;
import java.time.Duration;

/** Is told how far inference is; called from several threads, one at a time. */
public interface InferenceProgress {

  /** Tells nobody. */
  InferenceProgress NONE =
      new InferenceProgress() {
        @Override
        public void advanced(State state) {}

        @Override
        public void ended(ModelResult result) {}
      };

  /**
   * How far it is.
   *
   * @param models (model, split)s that have ended, well or not
   * @param modelsTotal (model, split)s of the plan that were to be computed
   * @param samples samples classified, each once a model
   * @param imagesPerS samples a second since the start, over all models
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

  /** A shard has been stored, or a model has ended. */
  void advanced(State state);

  /** A model has ended on a split. */
  void ended(ModelResult result);
}
