package encas.inference;

import encas.outputs.Manifest;
import java.util.List;

/**
 * What came of inference.
 *
 * @param results one for each (model, split), by split and then in pool order
 */
public record InferenceReport(List<ModelResult> results) {

  /** What came of a model on a split. */
  public enum Outcome {
    /** Its outputs were there; nothing was done. */
    PRESENT,
    /** Its outputs were computed and published. */
    COMPUTED,
    /** It was left out. */
    FAILED
  }

  /**
   * A model on a split.
   *
   * @param reason why it failed, or why it was computed; null if it was present
   * @param rows rows published; 0 if it failed
   * @param accuracy percentage right, from the stored halves; null if it failed or without labels
   * @param imagesPerS images a second of one task; null if it failed
   * @param latencyMsB1 milliseconds for one sample alone; null if not measured
   * @param device "cpu" or "gpu"; null if it failed
   * @param batchSize null if it failed
   * @param skippedImages samples left out because they could not be decoded
   */
  public record ModelResult(
      String split,
      String model,
      Outcome outcome,
      String reason,
      long rows,
      Double accuracy,
      Double imagesPerS,
      Double latencyMsB1,
      String device,
      Integer batchSize,
      long[] skippedImages) {

    /** What is published of a model now, and how that came. */
    public static ModelResult of(
        String split, Manifest manifest, Outcome outcome, String reason, long[] skipped) {
      return new ModelResult(
          split,
          manifest.model(),
          outcome,
          reason,
          manifest.rows(),
          manifest.accuracy(),
          manifest.imagesPerS(),
          manifest.latencyMsB1(),
          manifest.device(),
          manifest.batchSize(),
          skipped);
    }

    public static ModelResult failed(String split, String model, String reason) {
      return new ModelResult(
          split, model, Outcome.FAILED, reason, 0, null, null, null, null, null, new long[0]);
    }
  }

  public List<ModelResult> of(Outcome outcome) {
    return results.stream().filter(result -> result.outcome() == outcome).toList();
  }

  /** True if everything was there already. */
  public boolean didNothing() {
    return results.stream().allMatch(result -> result.outcome() == Outcome.PRESENT);
  }
}
