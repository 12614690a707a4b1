package encas.dataset.image;

import encas.dataset.Image;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.leptonica.PIX;
import org.bytedeco.leptonica.global.leptonica;

/**
 * Grey and RGB JPEGs by libjpeg-turbo, which leptonica's native library contains: the decoder that
 * Pillow has, with the same defaults, hence its pixels to the last bit.
 *
 * <p>What is damaged, CMYK or otherwise not plain is left to the JDK's reader, which says why. Not
 * thread-safe.
 */
final class TurboJpeg {
  /** Unpacked once a JVM, if there is a library for this platform. */
  private static final boolean LOADED = load();

  private static final VarHandle BYTES =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private static final int NO_REDUCTION = 1;
  private static final int NO_MESSAGES = 6;

  private final int[] height = {0};
  private final int[] width = {0};
  private final int[] channels = {0};
  private final int[] ycck = {0};
  private final int[] cmyk = {0};
  private final int[] warnings = {0};
  private int[] words = {};

  private static boolean load() {
    try {
      Loader.load(leptonica.class);
      leptonica.setMsgSeverity(NO_MESSAGES);
      return true;
    } catch (LinkageError e) {
      System.getLogger(TurboJpeg.class.getName())
          .log(
              System.Logger.Level.WARNING,
              "no native JPEG decoder on this platform, the JDK's is taken: {0}",
              e.getMessage());
      return false;
    }
  }

  /** Whether there is one to make. */
  static boolean isLoaded() {
    return LOADED;
  }

  /** Reads the header; whether {@link #decode} can be tried. */
  boolean reads(byte[] file) {
    return leptonica.readHeaderMemJpeg(file, file.length, width, height, channels, ycck, cmyk) == 0
        && (channels[0] == 1 || channels[0] == 3);
  }

  int height() {
    return height[0];
  }

  int width() {
    return width[0];
  }

  /** The picture whose header was read last; null if anything about it is not as it should be. */
  Image decode(byte[] file) {
    warnings[0] = 0;
    PIX pix = leptonica.pixReadMemJpeg(file, file.length, 0, NO_REDUCTION, warnings, 0);
    if (pix == null) {
      return null;
    }
    try {
      return warnings[0] == 0 ? image(pix) : null;
    } finally {
      leptonica.pixDestroy(pix);
    }
  }

  private Image image(PIX pix) {
    int wordsPerLine = leptonica.pixGetWpl(pix);
    int size = height[0] * wordsPerLine;
    if (words.length < size) {
      words = new int[size];
    }
    try (IntPointer data = leptonica.pixGetData(pix)) {
      data.get(words, 0, size);
    }
    byte[] pixels = new byte[channels[0] * height[0] * width[0]];
    if (channels[0] == 1) {
      copyGrey(wordsPerLine, pixels);
    } else {
      copyColours(pixels);
    }
    return new Image(channels[0], height[0], width[0], pixels);
  }

  /** Four pixels a word, from its upper end; lines begin at a word. */
  private void copyGrey(int wordsPerLine, byte[] pixels) {
    int to = 0;
    for (int y = 0; y < height[0]; y++) {
      int line = y * wordsPerLine;
      for (int x = 0; x < width[0]; x++) {
        pixels[to++] = (byte) (words[line + (x >> 2)] >> (24 - 8 * (x & 3)));
      }
    }
  }

  /** A pixel a word: red in the upper byte, then green and blue. */
  private void copyColours(byte[] pixels) {
    int last = pixels.length - 3;
    // Four bytes at once; the next pixel overwrites the fourth.
    for (int i = 0, to = 0; to < last; i++, to += 3) {
      BYTES.set(pixels, to, words[i]);
    }
    int word = words[last / 3];
    pixels[last] = (byte) (word >> 24);
    pixels[last + 1] = (byte) (word >> 16);
    pixels[last + 2] = (byte) (word >> 8);
  }
}
