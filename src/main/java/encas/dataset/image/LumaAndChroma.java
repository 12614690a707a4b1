package encas.dataset.image;

import encas.dataset.Image;
import java.awt.image.Raster;

/** Luma, blue and red difference to red, green and blue, with libjpeg's roundings. */
final class LumaAndChroma {
  private LumaAndChroma() {}

  /**
   * The picture.
   *
   * @param raster three bands as they are stored, no colour space converted
   */
  static Image toRgb(Raster raster) {
    int height = raster.getHeight();
    int width = raster.getWidth();
    byte[] pixels = new byte[3 * height * width];
    int[] row = new int[3 * width];
    int to = 0;
    for (int y = 0; y < height; y++) {
      raster.getPixels(0, y, width, 1, row);
      for (int x = 0; x < row.length; x += 3) {
        toRgb(row, x);
      }
      for (int value : row) {
        pixels[to++] = (byte) value;
      }
    }
    return new Image(3, height, width, pixels);
  }

  /** The three numbers from {@code x} on; factors in units of 2^-16. */
  static void toRgb(int[] row, int x) {
    int luma = row[x];
    int blue = row[x + 1] - 128;
    int red = row[x + 2] - 128;
    row[x] = clip(luma + ((91881 * red + 32768) >> 16));
    row[x + 1] = clip(luma + ((-22554 * blue - 46802 * red + 32768) >> 16));
    row[x + 2] = clip(luma + ((116130 * blue + 32768) >> 16));
  }

  private static int clip(int value) {
    return Math.max(0, Math.min(255, value));
  }
}
