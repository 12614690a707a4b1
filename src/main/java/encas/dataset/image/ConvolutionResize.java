package encas.dataset.image;

import encas.dataset.image.Preprocessing.Interpolation;
import java.util.Arrays;

/**
 * Pillow's antialiased resize of 8-bit pictures, bit for bit: a horizontal pass, rounded to 8 bits,
 * then a vertical one. Only what the window needs is computed.
 *
 * <p>Pillow up to 12 always works in that order; Pillow 13 takes pictures that lose much more
 * height than width the other way round, where single pixels then differ by 1.
 *
 * <p>Cost: {@code source rows x window width x horizontal taps + window size x vertical taps}
 * multiply-adds a channel. Not thread-safe.
 */
final class ConvolutionResize implements Resize {
  private final int sourceWidth;
  private final Weights across;
  private final Weights down;
  private int[] lines = {};
  private int[] sums = {};

  ConvolutionResize(Interpolation filter, int height, int width, Geometry geometry) {
    this.sourceWidth = width;
    this.across =
        Weights.of(filter, width, geometry.resizedWidth(), geometry.left(), geometry.width());
    this.down =
        Weights.of(filter, height, geometry.resizedHeight(), geometry.top(), geometry.height());
  }

  @Override
  public void apply(byte[] pixels, int channels, byte[] window) {
    int length = across.first().length * channels;
    int firstRow = down.firstSource();
    int rows = down.endSource() - firstRow;
    int size = Math.multiplyExact(rows, length);
    if (lines.length < size) {
      lines = new int[size];
    }
    if (sums.length != length) {
      sums = new int[length];
    }
    for (int row = 0; row < rows; row++) {
      int from = (firstRow + row) * sourceWidth * channels;
      if (channels == 1) {
        greyLine(pixels, from, row * length);
      } else {
        colourLine(pixels, from, row * length);
      }
    }
    for (int y = 0; y < down.first().length; y++) {
      mix(y, firstRow, length);
      for (int i = 0; i < length; i++) {
        window[y * length + i] = (byte) clip(sums[i]);
      }
    }
  }

  private void greyLine(byte[] pixels, int from, int to) {
    int[] weights = across.weights();
    for (int x = 0; x < across.first().length; x++) {
      int start = from + across.first()[x];
      int row = x * across.taps();
      int sum = Weights.HALF;
      for (int i = 0; i < across.count()[x]; i++) {
        sum += (pixels[start + i] & 255) * weights[row + i];
      }
      lines[to + x] = clip(sum);
    }
  }

  private void colourLine(byte[] pixels, int from, int to) {
    int[] weights = across.weights();
    int next = to;
    for (int x = 0; x < across.first().length; x++) {
      int pixel = from + across.first()[x] * 3;
      int row = x * across.taps();
      int red = Weights.HALF;
      int green = Weights.HALF;
      int blue = Weights.HALF;
      for (int i = 0; i < across.count()[x]; i++, pixel += 3) {
        int weight = weights[row + i];
        red += (pixels[pixel] & 255) * weight;
        green += (pixels[pixel + 1] & 255) * weight;
        blue += (pixels[pixel + 2] & 255) * weight;
      }
      lines[next++] = clip(red);
      lines[next++] = clip(green);
      lines[next++] = clip(blue);
    }
  }

  private void mix(int y, int firstRow, int length) {
    Arrays.fill(sums, Weights.HALF);
    for (int i = 0; i < down.count()[y]; i++) {
      add(lines, (down.first()[y] - firstRow + i) * length, down.weights()[y * down.taps() + i]);
    }
  }

  /** Whole numbers of one width: the compiler makes vector instructions of this. */
  private void add(int[] line, int start, int weight) {
    int[] to = sums;
    for (int j = 0; j < to.length; j++) {
      to[j] += line[start + j] * weight;
    }
  }

  private static int clip(int sum) {
    return Math.max(0, Math.min(255, sum >> Weights.PRECISION_BITS));
  }
}
