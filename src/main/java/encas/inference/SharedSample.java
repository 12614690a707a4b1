package encas.inference;

import encas.dataset.BadImageException;
import encas.dataset.Image;
import encas.dataset.Sample;
import encas.failure.InvalidInputException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A sample as the models of a preprocessing group share it: its 8-bit pixels after resize and crop,
 * before they are normalised, or why there are none. Bytes, which any serializer knows: kind,
 * index, then label, channels, height, width and pixels, or a message.
 */
public final class SharedSample {
  private static final int HEADER = 1 + Long.BYTES;
  private static final int SHAPE = 4 * Integer.BYTES;
  private static final byte PICTURE = 0;
  private static final byte BAD_IMAGE = 1;
  private static final byte INVALID_DATA = 2;
  private static final byte MISFIT = 3;

  private SharedSample() {}

  /** A picture did not come out in the size that the models' cards promise. */
  public static final class MisfitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MisfitException(String message) {
      super(message);
    }
  }

  /** A picture; {@code sample}'s own pixels are not kept. */
  public static byte[] of(Sample sample, Image crop) {
    return ByteBuffer.allocate(HEADER + SHAPE + crop.pixels().length)
        .put(PICTURE)
        .putLong(sample.index())
        .putInt(sample.label())
        .putInt(crop.channels())
        .putInt(crop.height())
        .putInt(crop.width())
        .put(crop.pixels())
        .array();
  }

  /** A picture that cannot be decoded. */
  public static byte[] of(BadImageException bad) {
    return message(BAD_IMAGE, bad.index(), bad.getMessage());
  }

  /** Data that cannot be used. */
  public static byte[] of(InvalidInputException invalid) {
    return message(INVALID_DATA, -1, invalid.getMessage());
  }

  /** A picture that does not come out in the group's size. */
  public static byte[] misfit(long index, String message) {
    return message(MISFIT, index, message);
  }

  private static byte[] message(byte kind, long index, String message) {
    byte[] text = message.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(HEADER + text.length).put(kind).putLong(index).put(text).array();
  }

  /**
   * The sample, its image already cropped.
   *
   * @param spent pixels that nobody looks at any more and that may be written over; or null
   * @throws BadImageException if it could not be decoded
   * @throws InvalidInputException if the data cannot be used
   * @throws MisfitException if it does not come out in the group's size
   */
  public static Sample read(byte[] bytes, byte[] spent) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    byte kind = in.get();
    long index = in.getLong();
    if (kind != PICTURE) {
      String message = new String(bytes, HEADER, bytes.length - HEADER, StandardCharsets.UTF_8);
      throw switch (kind) {
        case BAD_IMAGE -> new BadImageException(index, message, null);
        case INVALID_DATA -> new InvalidInputException(message);
        default -> new MisfitException(message);
      };
    }
    int label = in.getInt();
    int channels = in.getInt();
    int height = in.getInt();
    int width = in.getInt();
    boolean fits = spent != null && spent.length == in.remaining();
    byte[] pixels = fits ? spent : new byte[in.remaining()];
    in.get(pixels);
    return new Sample(index, label, new Image(channels, height, width, pixels));
  }

  /** The sample's index in the split; -1 for what is said of the data or of the group. */
  public static long sample(byte[] bytes) {
    boolean one = bytes[0] == PICTURE || bytes[0] == BAD_IMAGE;
    return one ? ByteBuffer.wrap(bytes).getLong(1) : -1;
  }

  /** True if a run ends here: {@link #read} throws, and not only for a picture to be left out. */
  public static boolean isFatal(byte[] bytes, boolean skipBadImages) {
    return bytes[0] == INVALID_DATA || (bytes[0] == BAD_IMAGE && !skipBadImages);
  }
}
