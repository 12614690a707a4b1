package encas.dataset.image;

import encas.dataset.Image;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes PNG and JPEG files, told apart by their first bytes.
 *
 * <pre>{@code
 * Image image = new ImageDecoder().decode(store.read(uri));
 * }</pre>
 *
 * <p>Grey pictures have one channel, all others three. The pixels are those of Pillow's {@code
 * convert('RGB')} or {@code convert('L')}, as timm's loader asks for them: palettes become colours,
 * alpha is dropped, of 16 bits the upper 8 are kept (but a single grey channel is cut at 255),
 * inverted CMYK becomes RGB; orientation tags, colour profiles and gamma are not applied.
 *
 * <p>JPEGs go through libjpeg-turbo where its library loads, through the JDK's reader elsewhere and
 * for what that leaves. Dimensions are read first, and more than {@value #MAX_PIXELS} pixels are
 * not decoded. Not thread-safe; reuse it.
 */
public final class ImageDecoder {
  /** A larger picture is taken for an attack on the memory. */
  public static final int MAX_PIXELS = 100_000_000;

  /** What a JPEG can hold. */
  public static final int MAX_SIDE = 65_500;

  /** No file of so many pixels is longer. */
  public static final int MAX_FILE_LENGTH = 1 << 28;

  private static final String COLOUR_SPACE =
      "is a JPEG in a colour space that is not read: convert it to RGB";

  private static final String RARE =
      "is a lossless or hierarchical JPEG, which is not read: save it as a baseline one";

  private static final ImageReaderSpi PNG = provider("png");
  private static final ImageReaderSpi JPEG = provider("jpeg");

  private final boolean nativeJpeg;
  private String damage;

  public ImageDecoder() {
    this(TurboJpeg.isLoaded());
  }

  /** With or without libjpeg-turbo. */
  ImageDecoder(boolean nativeJpeg) {
    this.nativeJpeg = nativeJpeg;
  }

  private static ImageReaderSpi provider(String format) {
    return ImageIO.getImageReadersByFormatName(format).next().getOriginatingProvider();
  }

  /** libjpeg goes on after damage, with grey where pixels are missing, and only warns. */
  private void warned(String warning) {
    boolean harmless = warning.contains("extraneous bytes before marker");
    if (damage == null
        && !harmless
        && (warning.startsWith("Corrupt JPEG") || warning.startsWith("Premature end"))) {
      damage = warning;
    }
  }

  /**
   * The picture in a file's bytes.
   *
   * @throws UndecodableImageException if they are no PNG or JPEG, damaged, cut off, too large, or
   *     of an unsupported kind
   */
  public Image decode(byte[] file) throws UndecodableImageException {
    return decode(file, null);
  }

  /**
   * The same.
   *
   * @param spent a picture that nobody looks at any more, whose pixels may be written over; or null
   */
  public Image decode(byte[] file, Image spent) throws UndecodableImageException {
    if (file.length > MAX_FILE_LENGTH) {
      throw new UndecodableImageException(
          "is longer than " + MAX_FILE_LENGTH + " bytes: make it smaller");
    }
    if (startsWith(file, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n')) {
      PngChunks.check(file);
      return decode(PNG, "PNG", file, null);
    }
    if (startsWith(file, 0xFF, 0xD8, 0xFF)) {
      return decodeJpeg(file, spent);
    }
    throw new UndecodableImageException(
        file.length == 0
            ? "is empty: copy it again"
            : "is neither PNG nor JPEG: convert it, or take it out of the data");
  }

  private static boolean startsWith(byte[] file, int... signature) {
    if (file.length < signature.length) {
      return false;
    }
    for (int i = 0; i < signature.length; i++) {
      if ((file[i] & 255) != signature[i]) {
        return false;
      }
    }
    return true;
  }

  private Image decodeJpeg(byte[] file, Image spent) throws UndecodableImageException {
    JpegHeader header = JpegHeader.of(file);
    if (nativeJpeg && header != null && TurboJpeg.reads(header)) {
      checkSize(header.height(), header.width());
      Image image = TurboJpeg.decode(file, header, spent);
      if (image != null) {
        return image;
      }
    }
    if (header != null && header.isOfRareProcess()) {
      throw new UndecodableImageException(RARE);
    }
    return decode(JPEG, "JPEG", file, header);
  }

  /**
   * With the JDK's reader, which can say what is wrong. A new one each time: JPEG's keeps tables,
   * and would lend them to a picture that lacks its own.
   *
   * @param header of a JPEG; null if it cannot be told
   */
  private Image decode(ImageReaderSpi provider, String kind, byte[] file, JpegHeader header)
      throws UndecodableImageException {
    damage = null;
    ImageReader reader = null;
    try {
      reader = provider.createReaderInstance();
      reader.addIIOReadWarningListener((source, warning) -> warned(warning));
      reader.setInput(new MemoryCacheImageInputStream(new ByteArrayInputStream(file)), true, true);
      checkSize(reader.getHeight(0), reader.getWidth(0));
      Image image = read(reader, header);
      if (damage != null) {
        throw damaged(kind, damage, null);
      }
      return image;
    } catch (IOException | RuntimeException e) {
      // The JDK's readers meet damage with exceptions of any kind, index out of bounds among them.
      String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw damaged(kind, e.getMessage() == null ? e.getClass().getSimpleName() : reason, e);
    } finally {
      if (reader != null) {
        reader.dispose();
      }
    }
  }

  private static Image read(ImageReader reader, JpegHeader header)
      throws IOException, UndecodableImageException {
    if (reader.getOriginatingProvider() != JPEG) {
      return Rasters.image(reader.read(0));
    }
    boolean guessed = header != null && header.isLumaAndChroma() && header.isUnmarked();
    if (reader.getRawImageType(0) != null && !guessed) {
      return Rasters.image(reader.read(0));
    }
    // As it is stored: no colour model is made for CMYK before all.
    Raster raster = reader.readRaster(0, null);
    if (guessed && raster.getNumBands() == 3) {
      return LumaAndChroma.toRgb(raster);
    }
    if (raster.getNumBands() == 4) {
      return InvertedCmyk.toRgb(raster, header);
    }
    throw new UndecodableImageException(COLOUR_SPACE);
  }

  private static UndecodableImageException damaged(String kind, String reason, Exception cause) {
    return new UndecodableImageException(
        "is a damaged " + kind + " (" + reason + "): copy it again", cause);
  }

  private static void checkSize(int height, int width) throws UndecodableImageException {
    if (height > MAX_SIDE || width > MAX_SIDE || (long) height * width > MAX_PIXELS) {
      throw new UndecodableImageException(
          "has "
              + height
              + " x "
              + width
              + " pixels, more than the "
              + MAX_PIXELS
              + " (or "
              + MAX_SIDE
              + " a side) that are decoded: make it smaller");
    }
  }
}
