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
   * @param remaining estimated from the models' costs
   */
  record State(
      int models,
      int modelsTotal,
      long samples,
      long samplesTotal,
      double imagesPerS,
      Duration remaining) {}

  /** A shard has been stored, or a model has ended. */
  void advanced(State state);

  /** A model has ended on a split. */
  void ended(ModelResult result);
}
