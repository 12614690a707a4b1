package encas.inference.spark;

import encas.dataset.Sample;
import encas.inference.Batches.Part;
import encas.inference.SharedSample;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Samples in parts, as {@link encas.inference.Batches} takes them. */
final class Parted {
  private Parted() {}

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

  static Iterator<Sample> read(Iterator<byte[]> bytes) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return bytes.hasNext();
      }

      @Override
      public Sample next() {
        return SharedSample.read(bytes.next());
      }
    };
  }
}
