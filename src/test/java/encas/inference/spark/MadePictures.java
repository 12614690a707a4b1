package encas.inference.spark;

import encas.dataset.BadImageException;
import encas.dataset.Dataset;
import encas.dataset.Image;
import encas.dataset.Sample;
import encas.pool.ModelCard.InputShape;
import encas.storage.Store;
import java.io.IOException;
import java.util.Iterator;
import java.util.PrimitiveIterator;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

/**
 * Grey pictures made from their index.
 *
 * @param bad indices of pictures that cannot be decoded
 * @param lost from this row on the storage fails
 */
record MadePictures(long rows, InputShape shape, int classes, Set<Long> bad, long lost)
    implements Dataset {
  /** Samples decoded in this JVM; tasks run in it, too. */
  static final AtomicLong DECODED = new AtomicLong();

  MadePictures(long rows, InputShape shape, int classes) {
    this(rows, shape, classes, Set.of(), Long.MAX_VALUE);
  }

  MadePictures withBad(Long... indices) {
    return new MadePictures(rows, shape, classes, Set.of(indices), lost);
  }

  MadePictures lostFrom(long row) {
    return new MadePictures(rows, shape, classes, bad, row);
  }

  byte[] pixels(long row) {
    byte[] pixels = new byte[shape.size()];
    new Random(row).nextBytes(pixels);
    return pixels;
  }

  /** What a model without preprocessing is given. */
  float[] input(long row) {
    byte[] pixels = pixels(row);
    float[] input = new float[pixels.length];
    for (int i = 0; i < input.length; i++) {
      input[i] = (pixels[i] & 255) / 255f;
    }
    return input;
  }

  @Override
  public int label(long row) {
    return (int) (row % classes);
  }

  @Override
  public Iterator<Sample> samples(long from, long to, Store store) throws IOException {
    if (to > lost) {
      throw new IOException("the disk is gone");
    }
    PrimitiveIterator.OfLong rows = LongStream.range(from, to).iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Sample next() {
        return sample(rows.nextLong());
      }
    };
  }

  private Sample sample(long row) {
    DECODED.incrementAndGet();
    if (bad.contains(row)) {
      throw new BadImageException(row, "picture-" + row + ".png is no picture", null);
    }
    return new Sample(row, label(row), new Image(1, shape.height(), shape.width(), pixels(row)));
  }

  @Override
  public String sha256() {
    return "da7a" + rows;
  }
}
