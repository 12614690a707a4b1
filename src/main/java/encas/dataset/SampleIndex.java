package encas.dataset;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/**
 * What each sample of a split is made of, as 16 bytes of a SHA-256: over its stored content, or
 * what stands for it, and how that is read. Its place in the split and its label are no part of it,
 * so that it is known again where other samples came or went.
 *
 * <pre>{@code
 * SampleIndex.Builder index = new SampleIndex.Builder();
 * pictures.forEach(p -> index.add(new ContentDigest().add(p, 0, p.length)));
 * index.build().size();
 * }</pre>
 *
 * <p>Memory: 16 bytes a sample.
 */
public final class SampleIndex {
  private static final int BYTES = 16;

  private final byte[] digests;

  private SampleIndex(byte[] digests) {
    this.digests = digests;
  }

  /**
   * An index as {@link #toBytes} gave it.
   *
   * @throws IllegalArgumentException if it is cut off
   */
  public static SampleIndex of(byte[] bytes) {
    if (bytes.length % BYTES != 0) {
      throw new IllegalArgumentException(bytes.length + " bytes are no digests of " + BYTES);
    }
    return new SampleIndex(bytes.clone());
  }

  /** The digests one after the other. */
  public byte[] toBytes() {
    return digests.clone();
  }

  /** Number of samples. */
  public int size() {
    return digests.length / BYTES;
  }

  /** What a sample is made of; equal for two that are made of the same. */
  public Content content(int sample) {
    return Content.read(
        ByteBuffer.wrap(digests, Objects.checkIndex(sample, size()) * BYTES, BYTES));
  }

  /** One sample's digest. */
  public record Content(long high, long low) {
    static Content read(ByteBuffer in) {
      return new Content(in.getLong(), in.getLong());
    }

    void write(ByteBuffer out) {
      out.putLong(high).putLong(low);
    }
  }

  /** Takes the samples in order. */
  public static final class Builder {
    private byte[] digests = new byte[1024 * BYTES];
    private int size;

    /** The next sample; ends its digest. */
    public void add(ContentDigest sample) {
      if (size == digests.length) {
        digests = Arrays.copyOf(digests, Math.multiplyExact(digests.length / 2, 3));
      }
      System.arraycopy(sample.bytes(), 0, digests, size, BYTES);
      size += BYTES;
    }

    public SampleIndex build() {
      return new SampleIndex(Arrays.copyOf(digests, size));
    }
  }
}
