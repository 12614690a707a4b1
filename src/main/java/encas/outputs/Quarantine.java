package encas.outputs;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * A model that failed on a split in the last run, and why; holds until it succeeds or one of its
 * fingerprints changes.
 */
@JsonPropertyOrder({"model", "model-sha256", "preprocess-sha256", "data-sha256", "reason"})
@JsonIgnoreProperties(ignoreUnknown = true)
public record Quarantine(
    @JsonProperty("model") String model,
    @JsonProperty("model-sha256") String modelSha256,
    @JsonProperty("preprocess-sha256") String preprocessSha256,
    @JsonProperty("data-sha256") String dataSha256,
    @JsonProperty("reason") String reason) {

  public static Quarantine of(String model, Fingerprint fingerprint, String reason) {
    return new Quarantine(
        model,
        fingerprint.modelSha256(),
        fingerprint.preprocessSha256(),
        fingerprint.dataSha256(),
        reason.lines().findFirst().orElse(""));
  }

  /** True if it was this model on this data that failed; what is null in either is not compared. */
  public boolean concerns(Fingerprint fingerprint) {
    return same(fingerprint.modelSha256(), modelSha256)
        && same(fingerprint.preprocessSha256(), preprocessSha256)
        && same(fingerprint.dataSha256(), dataSha256);
  }

  private static boolean same(String a, String b) {
    return a == null || b == null || a.equals(b);
  }
}
