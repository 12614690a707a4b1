package encas.inference;

import encas.outputs.Carry;
import java.io.Serializable;

/**
 * What is published of a (model, split) whose data has changed since, model and preprocessing being
 * the same: rows of samples that are there still are taken from it.
 *
 * @param carry which samples these are
 * @param dataSha256 fingerprint of the earlier data
 * @param device "cpu" or "gpu"
 * @param batchSize samples that the model saw at once
 * @param imagesPerS as measured then; null if it was not
 * @param latencyMsB1 the same
 * @param latencyMsBatch the same
 * @param whole false if samples were left out
 */
public record EarlierRows(
    Carry carry,
    String dataSha256,
    String device,
    int batchSize,
    Double imagesPerS,
    Double latencyMsB1,
    Double latencyMsBatch,
    boolean whole)
    implements Serializable {}
