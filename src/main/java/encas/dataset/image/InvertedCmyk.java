package encas.dataset.image;

import encas.dataset.Image;
import java.awt.image.Raster;

/**
 * JPEGs of four components, whose numbers are taken for 255 minus the ink, as Pillow does: to RGB
 * with libjpeg's and Pillow's roundings.
 */
final class InvertedCmyk {
  private InvertedCmyk() {}

  /**
   * The picture.
   *
   * @param raster four bands as they are stored, no colour space converted
   */
  static Image toRgb(Raster raster, byte[] file) {
    JpegHeader header = JpegHeader.of(file);
    boolean ycck = header != null && header.transform() > 0; // libjpeg's rule
    int height = raster.getHeight();
    int width = raster.getWidth();
    byte[] pixels = new byte[3 * height * width];
    int[] row = new int[4 * width];
    int to = 0;
    for (int y = 0; y < height; y++) {
      raster.getPixels(0, y, width, 1, row);
      for (int x = 0; x < row.length; x += 4) {
        if (ycck) {
          toCmyk(row, x);
        }
        int light = row[x + 3];
        for (int c = 0; c < 3; c++) {
          int product = (255 - row[x + c]) * light + 128;
          int dark = ((product >> 8) + product) >> 8;
          pixels[to++] = (byte) Math.max(0, light - dark);
        }
      }
    }
    return new Image(3, height, width, pixels);
  }

  /** Luma and chroma to 255 minus the colour; factors in units of 2^-16. */
  private static void toCmyk(int[] row, int x) {
    int luma = row[x];
    int blue = row[x + 1] - 128;
    int red = row[x + 2] - 128;
    row[x] = clip(255 - (luma + ((91881 * red + 32768) >> 16)));
    row[x + 1] = clip(255 - (luma + ((-22554 * blue - 46802 * red + 32768) >> 16)));
    row[x + 2] = clip(255 - (luma + ((116130 * blue + 32768) >> 16)));
  }

  private static int clip(int value) {
    return Math.max(0, Math.min(255, value));
  }
}
