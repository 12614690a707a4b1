package encas.inference;

import encas.dataset.BadImageException;
import encas.outputs.OutputRow;
import encas.pool.Classifier;
import encas.pool.ModelCard;
import encas.pool.ModelCard.OutputKind;
import encas.pool.ModelFaultException;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * The output rows of a shard: classifies batch after batch and hands out the rows as they are asked
 * for. Not thread-safe.
 */
public final class ShardRows implements Iterator<OutputRow> {
  /** Probabilities come from engines in single precision; their sum may be off by this. */
  private static final double SUM_TOLERANCE = 0.01;

  private final ModelCard card;
  private final Iterator<Batch> batches;
  private final Classifier classifier;
  private final BadImages badImages;
  private Batch batch;
  private float[] scores;
  private int next;
  private long batchesMet;
  private long timedBatches;
  private long batchNanos;

  /** Decides what a picture that cannot be decoded means: throws, or remembers and goes on. */
  @FunctionalInterface
  public interface BadImages {
    void met(BadImageException image);
  }

  /**
   * @param batches a batch may be the last one's, filled again
   */
  public ShardRows(
      ModelCard card, Iterator<Batch> batches, Classifier classifier, BadImages badImages) {
    this.card = card;
    this.batches = batches;
    this.classifier = classifier;
    this.badImages = badImages;
  }

  @Override
  public boolean hasNext() {
    while (batch == null || next == batch.size()) {
      if (!batches.hasNext()) {
        return false;
      }
      next = 0;
      batch = batches.next();
      batch.bad().forEach(badImages::met);
      scores = batch.size() == 0 ? null : timed(batch);
    }
    return true;
  }

  /** The first batch of a shard may find the model cold; it counts only if it is the only one. */
  private float[] timed(Batch of) {
    long start = System.nanoTime();
    float[] answer = of.classify(classifier);
    long nanos = System.nanoTime() - start;
    boolean first = batchesMet++ == 0;
    timedBatches = first ? 1 : batchesMet - 1;
    batchNanos = first || batchesMet == 2 ? nanos : batchNanos + nanos;
    return answer;
  }

  /** Batches that were timed; each is filled up to the whole size before it is run. */
  public long timedBatches() {
    return timedBatches;
  }

  /** What they took to run, in nanoseconds. */
  public long batchNanos() {
    return batchNanos;
  }

  @Override
  public OutputRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    int i = next++;
    int classes = classifier.classes();
    try {
      if (card.output() == OutputKind.LOGITS) {
        return OutputRow.ofLogits(batch.index(i), batch.label(i), scores, i * classes, classes);
      }
      checkSum(i, classes);
      return OutputRow.ofProbabilities(
          batch.index(i), batch.label(i), scores, i * classes, classes);
    } catch (IllegalArgumentException e) {
      throw new ModelFaultException(card.id(), e.getMessage(), e);
    }
  }

  private void checkSum(int i, int classes) {
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      sum += scores[i * classes + c];
    }
    if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
      throw new ModelFaultException(
          card.id(),
          "its probabilities of sample "
              + batch.index(i)
              + " sum to "
              + (float) sum
              + ", not 1; if they are logits, say output: logits in the pool file",
          null);
    }
  }
}
