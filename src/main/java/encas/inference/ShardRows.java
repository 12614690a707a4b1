package encas.inference;

import encas.dataset.BadImageException;
import encas.dataset.Image;
import encas.dataset.Sample;
import encas.outputs.OutputRow;
import encas.pool.Classifier;
import encas.pool.ModelCard;
import encas.pool.ModelCard.OutputKind;
import encas.pool.ModelFaultException;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * The output rows of a shard: reads samples, preprocesses them into a batch, classifies it and
 * hands out its rows, batch by batch as they are asked for.
 *
 * <p>Memory: one batch. Not thread-safe.
 */
public final class ShardRows implements Iterator<OutputRow> {
  /** Probabilities come from engines in single precision; their sum may be off by this. */
  private static final double SUM_TOLERANCE = 0.01;

  private final ModelCard card;
  private final Iterator<Sample> samples;
  private final Preprocess preprocess;
  private final Classifier classifier;
  private final BadImages badImages;
  private final float[] batch;
  private final long[] indices;
  private final int[] labels;
  private float[] scores;
  private int size;
  private int next;

  /** Writes a picture's input values to {@code batch[offset ..)}. */
  @FunctionalInterface
  public interface Preprocess {
    void apply(Image image, float[] batch, int offset);
  }

  /** Decides what a picture that cannot be decoded means: throws, or remembers and goes on. */
  @FunctionalInterface
  public interface BadImages {
    void met(BadImageException image);
  }

  public ShardRows(
      ModelCard card,
      Iterator<Sample> samples,
      Preprocess preprocess,
      Classifier classifier,
      int batchSize,
      BadImages badImages) {
    this.card = card;
    this.samples = samples;
    this.preprocess = preprocess;
    this.classifier = classifier;
    this.badImages = badImages;
    this.batch = new float[Math.multiplyExact(batchSize, card.input().size())];
    this.indices = new long[batchSize];
    this.labels = new int[batchSize];
  }

  @Override
  public boolean hasNext() {
    if (next == size) {
      fill();
    }
    return next < size;
  }

  private void fill() {
    next = 0;
    size = 0;
    while (size < indices.length && samples.hasNext()) {
      try {
        Sample sample = samples.next();
        preprocess.apply(sample.image(), batch, size * card.input().size());
        indices[size] = sample.index();
        labels[size] = sample.label();
        size++;
      } catch (BadImageException e) {
        badImages.met(e);
      }
    }
    scores = size == 0 ? null : classifier.classify(batch, size);
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
        return OutputRow.ofLogits(indices[i], labels[i], scores, i * classes, classes);
      }
      checkSum(i, classes);
      return OutputRow.ofProbabilities(indices[i], labels[i], scores, i * classes, classes);
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
              + indices[i]
              + " sum to "
              + (float) sum
              + ", not 1; if they are logits, say output: logits in the pool file",
          null);
    }
  }
}
