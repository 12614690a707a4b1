package encas.outputs;

import encas.failure.InvalidInputException;
import java.net.URI;
import java.util.List;

/**
 * What to import and where to. All URIs are absolute.
 *
 * @param from folder of {@code 0.npy.gz, 1.npy.gz ...} (each {@code [samples x classes]}), one
 *     array {@code [models x samples x classes]}, or Parquet (file or folder) with columns sample,
 *     label, model, probabilities
 * @param labels {@code .npy} of integers, {@code [samples]}; may be null for Parquet, which has its
 *     own
 * @param split name of the split
 * @param costs CSV {@code id,mflops[,more]}, or null
 * @param logitGaps folder of {@code 0.npy.gz ...} (each {@code [samples]}) with top-1 minus top-2
 *     logit, or null
 * @param logits true if softmax is still to be applied
 * @param idPrefix ids are PREFIX-i where nothing better is known; null: the source's name
 * @param sumTolerance how far the sum of a row's probabilities may be from 1
 * @param append true to add models to a pool that is there
 * @param pool the run's pool file or files; the first is written if none exists
 * @param outputs root of the output table
 */
public record ImportRequest(
    URI from,
    URI labels,
    String split,
    URI costs,
    URI logitGaps,
    boolean logits,
    String idPrefix,
    double sumTolerance,
    boolean append,
    List<URI> pool,
    URI outputs) {

  /** Default of {@code sumTolerance}. */
  public static final double SUM_TOLERANCE = 0.01;

  public ImportRequest {
    if (!(sumTolerance >= 0 && sumTolerance <= 1)) {
      throw new InvalidInputException(
          "--sum-tolerance "
              + sumTolerance
              + " is outside [0, 1]; the default is "
              + SUM_TOLERANCE);
    }
    if (pool.isEmpty()) {
      throw new InvalidInputException("pool: names no file; name the pool file to write");
    }
    pool = List.copyOf(pool);
  }

  /** The last name of {@code from}, without what tells its format: {@code timm} of timm.npy.gz. */
  public String sourceName() {
    String path = from.getPath().replaceFirst("/+$", "");
    return path.substring(path.lastIndexOf('/') + 1).replaceFirst("\\.(npy|npy\\.gz|parquet)$", "");
  }
}
