package encas.outputs;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import encas.failure.InvalidInputException;
import java.util.List;

/**
 * What is published of one (model, split): fingerprints, figures and the files that hold the rows.
 * Without it nothing is published.
 *
 * @param schema version of the table, {@value #SCHEMA}
 * @param model id
 * @param modelSha256 see {@link Fingerprint}
 * @param preprocessSha256 see {@link Fingerprint}; null for imported outputs
 * @param dataSha256 see {@link Fingerprint}
 * @param rowsSha256 see {@link RowsDigest}; in schema 1 one SHA-256 over all rows in their order
 * @param rows number of rows
 * @param classes number of classes
 * @param accuracy percentage of right answers, 0..100, from the stored halves; null without labels
 * @param engine {@code onnxruntime}, {@code pytorch}, {@code mllib} or {@code imported}
 * @param device what ran the model; null for imported outputs
 * @param batchSize samples in a batch; null for imported outputs
 * @param imagesPerS images a second; null for imported outputs
 * @param latencyMsB1 milliseconds for one sample alone; null if not measured
 * @param latencyMsBatch milliseconds for a batch of {@code batchSize}; null if not measured
 * @param created when, ISO 8601, UTC
 * @param files names of the row files in the manifest's folder, in the order of their rows
 */
@JsonPropertyOrder({
  "schema",
  "model",
  "model-sha256",
  "preprocess-sha256",
  "data-sha256",
  "rows-sha256",
  "rows",
  "classes",
  "accuracy",
  "engine",
  "device",
  "batch-size",
  "images-per-s",
  "latency-ms-b1",
  "latency-ms-batch",
  "created",
  "files"
})
@JsonIgnoreProperties(ignoreUnknown = true)
public record Manifest(
    @JsonProperty("schema") int schema,
    @JsonProperty("model") String model,
    @JsonProperty("model-sha256") String modelSha256,
    @JsonProperty("preprocess-sha256") String preprocessSha256,
    @JsonProperty("data-sha256") String dataSha256,
    @JsonProperty("rows-sha256") String rowsSha256,
    @JsonProperty("rows") long rows,
    @JsonProperty("classes") int classes,
    @JsonProperty("accuracy") Double accuracy,
    @JsonProperty("engine") String engine,
    @JsonProperty("device") String device,
    @JsonProperty("batch-size") Integer batchSize,
    @JsonProperty("images-per-s") Double imagesPerS,
    @JsonInclude(JsonInclude.Include.NON_NULL) @JsonProperty("latency-ms-b1") Double latencyMsB1,
    @JsonInclude(JsonInclude.Include.NON_NULL) @JsonProperty("latency-ms-batch")
        Double latencyMsBatch,
    @JsonProperty("created") String created,
    @JsonProperty("files") List<String> files) {

  /** The version written. Version 1, whose {@code rows-sha256} is another, is read like it. */
  public static final int SCHEMA = 2;

  public Manifest {
    if (schema > SCHEMA) {
      throw new InvalidInputException(
          "schema "
              + schema
              + " is newer than "
              + SCHEMA
              + ", the newest that this version knows; take the version of encas that wrote it");
    }
    if (schema < 1) {
      throw new IllegalArgumentException("schema " + schema + " is not 1 to " + SCHEMA);
    }
    if (model == null || files == null || rowsSha256 == null) {
      throw new IllegalArgumentException("one of the keys model, rows-sha256, files is missing");
    }
    if (rows < 0 || classes < 1) {
      throw new IllegalArgumentException(rows + " rows of " + classes + " classes");
    }
    for (String file : files) {
      // A name is joined to the folder's: it must not lead out of it.
      if (!file.matches("[A-Za-z0-9][A-Za-z0-9._-]*\\.parquet")) {
        throw new IllegalArgumentException("files: \"" + file + "\" is no plain file name");
      }
    }
    files = List.copyOf(files);
  }

  /** The three fingerprints together. */
  public Fingerprint fingerprint() {
    return new Fingerprint(modelSha256, preprocessSha256, dataSha256);
  }

  /**
   * Holds what is published of a model to the pool.
   *
   * @param wanted id of the model whose manifest this is to be
   * @throws InvalidInputException if it is another model's, or of another number of classes
   */
  public void holdTo(String split, String wanted, int poolClasses) {
    if (!model.equals(wanted)) {
      throw new InvalidInputException(
          "the manifest of model "
              + wanted
              + " on split "
              + split
              + " is that of model "
              + model
              + "; delete its folder and run precompute (or import) again");
    }
    if (classes != poolClasses) {
      throw new InvalidInputException(
          "outputs of model "
              + model
              + " on split "
              + split
              + " have "
              + classes
              + " classes, the pool has "
              + poolClasses
              + ": they are another pool's; name another outputs folder");
    }
  }
}
