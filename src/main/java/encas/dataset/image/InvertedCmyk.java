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
   * @param header null if it cannot be told
   */
  static Image toRgb(Raster raster, JpegHeader header) {
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
          LumaAndChroma.toRgb(row, x);
        }
        int light = row[x + 3];
        for (int c = 0; c < 3; c++) {
          int rest = ycck ? row[x + c] : 255 - row[x + c];
          int product = rest * light + 128;
          int dark = ((product >> 8) + product) >> 8;
          pixels[to++] = (byte) Math.max(0, light - dark);
        }
      }
    }
    return new Image(3, height, width, pixels);
  }
}
