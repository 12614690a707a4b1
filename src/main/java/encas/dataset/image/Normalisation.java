package encas.dataset.image;

import encas.dataset.image.Cropping.Window;
import encas.dataset.image.Preprocessing.CropMode;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * {@code (x / 255 - mean) / std} in single precision, looked up: a pixel has 256 values. Writes
 * {@code [channels x height x width]}.
 */
final class Normalisation {
  private final int height;
  private final int width;

  /** {@code [channel][pixel]}. */
  private final float[][] values;

  /** What a channel is padded with, as a pixel. */
  private final byte[] background;

  Normalisation(Preprocessing wanted, int channels, int height, int width) {
    this.height = height;
    this.width = width;
    this.values = new float[channels][256];
    this.background = new byte[channels];
    for (int c = 0; c < channels; c++) {
      double mean = channel("mean", wanted.mean(), c, channels);
      double std = channel("std", wanted.std(), c, channels);
      for (int pixel = 0; pixel < 256; pixel++) {
        values[c][pixel] = (pixel / 255f - (float) mean) / (float) std;
      }
      double colour = wanted.cropMode() == CropMode.BORDER ? Math.rint(255 * mean) : 0;
      background[c] = (byte) Math.max(0, Math.min(255, colour));
    }
  }

  private static double channel(String name, List<Double> numbers, int c, int channels) {
    if (numbers.size() != 1 && numbers.size() != channels) {
      throw new IllegalArgumentException(
          name
              + " has "
              + numbers.size()
              + " numbers for "
              + channels
              + " channels: write one, or one a channel");
    }
    return numbers.get(numbers.size() == 1 ? 0 : c);
  }

  /**
   * Writes a window of pixels, whose only channel is repeated.
   *
   * @param target place of the window's first value of the first channel
   */
  void write(Window window, FloatBuffer batch, int target) {
    byte[] pixels = window.pixels();
    int from = window.channels();
    int columns = window.geometry().width();
    for (int c = 0; c < values.length; c++) {
      for (int y = 0; y < window.geometry().height(); y++) {
        int pixel = window.start() + y * window.stride() + (from == 1 ? 0 : c);
        int to = target + (c * height + y) * width;
        if (batch.hasArray()) {
          int place = batch.arrayOffset() + to;
          writeRow(pixels, pixel, from, values[c], batch.array(), place, columns);
        } else {
          writeRow(pixels, pixel, from, values[c], batch, to, columns);
        }
      }
    }
  }

  private static void writeRow(
      byte[] pixels, int pixel, int step, float[] table, float[] batch, int to, int width) {
    for (int x = 0; x < width; x++, pixel += step) {
      batch[to + x] = table[pixels[pixel] & 255];
    }
  }

  /** The same outside the heap: one loop for both would be compiled for neither. */
  private static void writeRow(
      byte[] pixels, int pixel, int step, float[] table, FloatBuffer batch, int to, int width) {
    for (int x = 0; x < width; x++, pixel += step) {
      batch.put(to + x, table[pixels[pixel] & 255]);
    }
  }

  void fill(FloatBuffer batch, int offset) {
    int size = height * width;
    for (int c = 0; c < values.length; c++) {
      float value = values[c][background[c] & 255];
      for (int i = 0; i < size; i++) {
        batch.put(offset + c * size + i, value);
      }
    }
  }

  /** Fills {@code [height x width x channels]} pixels; one channel takes a grey background. */
  void fill(byte[] crop, int channels) {
    for (int i = 0; i < crop.length; i++) {
      crop[i] = background[i % channels];
    }
  }

  boolean greyBackground() {
    boolean grey = true;
    for (byte colour : background) {
      grey &= colour == background[0];
    }
    return grey;
  }
}
