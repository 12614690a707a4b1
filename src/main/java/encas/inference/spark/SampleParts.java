package encas.inference.spark;

import encas.dataset.Sample;
import encas.inference.Batches.Part;
import encas.inference.SharedSample;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** Samples in parts, as {@link encas.inference.Batches} takes them. */
final class SampleParts {
  private SampleParts() {}

  /** Parts that each go on where the last one was left. */
  static Iterator<Part> whole(Iterator<Sample> samples) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return samples.hasNext();
      }

      @Override
      public Part next() {
        return () -> samples;
      }
    };
  }

  /** Parts of so many samples; the bytes are taken by whoever asks for the part. */
  static Iterator<Part> lists(Iterator<byte[]> bytes, int size) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return bytes.hasNext();
      }

      @Override
      public Part next() {
        List<byte[]> some = new ArrayList<>(size);
        while (some.size() < size && bytes.hasNext()) {
          some.add(bytes.next());
        }
        return () -> read(some.iterator());
      }
    };
  }

  /** Those that are wanted, and what is said of the data as a whole. */
  static Iterator<byte[]> wanted(Iterator<byte[]> bytes, BitSet wanted) {
    return new Iterator<>() {
      private byte[] next;

      @Override
      public boolean hasNext() {
        while (next == null && bytes.hasNext()) {
          byte[] candidate = bytes.next();
          long sample = SharedSample.sample(candidate);
          if (sample < 0 || wanted.get((int) sample)) {
            next = candidate;
          }
        }
        return next != null;
      }

      @Override
      public byte[] next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        byte[] given = next;
        next = null;
        return given;
      }
    };
  }

  /** A sample's pixels are good until the next one is asked for. */
  static Iterator<Sample> read(Iterator<byte[]> bytes) {
    return new Iterator<>() {
      private byte[] pixels;

      @Override
      public boolean hasNext() {
        return bytes.hasNext();
      }

      @Override
      public Sample next() {
        Sample sample = SharedSample.read(bytes.next(), pixels);
        pixels = sample.image().pixels();
        return sample;
      }
    };
  }
}
