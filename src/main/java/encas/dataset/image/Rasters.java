package encas.dataset.image;

import encas.dataset.Image;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferUShort;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * The stored samples of a decoded picture, as Pillow's {@code convert('RGB')} or {@code
 * convert('L')} sees them: no colour management, alpha dropped, the upper 8 of 16 bits (but a
 * single 16-bit channel is cut at 255).
 */
final class Rasters {
  private Rasters() {}

  static Image image(BufferedImage decoded) throws UndecodableImageException {
    Raster raster = decoded.getRaster();
    if (decoded.getColorModel() instanceof IndexColorModel palette) {
      return ofPalette(raster, palette);
    }
    if (raster.getSampleModel() instanceof ComponentSampleModel model
        && (raster.getDataBuffer() instanceof DataBufferByte
            || raster.getDataBuffer() instanceof DataBufferUShort)
        && raster.getNumBands() <= 4) {
      return ofComponents(raster, model);
    }
    throw new UndecodableImageException(
        "stores its pixels in an unknown way ("
            + raster.getNumBands()
            + " bands): convert it to 8-bit RGB");
  }

  private static Image ofPalette(Raster raster, IndexColorModel palette) {
    int[] colours = new int[palette.getMapSize()];
    palette.getRGBs(colours);
    boolean grey = true;
    for (int colour : colours) {
      grey &= (colour & 255) == (colour >> 8 & 255) && (colour & 255) == (colour >> 16 & 255);
    }
    int width = raster.getWidth();
    int channels = grey ? 1 : 3;
    byte[] pixels = new byte[channels * raster.getHeight() * width];
    int[] row = new int[width];
    int to = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getSamples(0, y, width, 1, 0, row);
      for (int index : row) {
        // Indices past the palette's end are black, as in Pillow.
        int colour = index < colours.length ? colours[index] : 0;
        if (!grey) {
          pixels[to++] = (byte) (colour >> 16);
          pixels[to++] = (byte) (colour >> 8);
        }
        pixels[to++] = (byte) colour;
      }
    }
    return new Image(channels, raster.getHeight(), width, pixels);
  }

  private static Image ofComponents(Raster raster, ComponentSampleModel model) {
    DataBuffer buffer = raster.getDataBuffer();
    int height = raster.getHeight();
    int width = raster.getWidth();
    // One band or grey and alpha; three or RGB and alpha.
    int channels = raster.getNumBands() < 3 ? 1 : 3;
    // Pillow's one 16-bit mode is I;16, whose conversions cut off instead of scaling.
    boolean cut = raster.getNumBands() == 1;
    byte[] pixels = new byte[channels * height * width];
    for (int c = 0; c < channels; c++) {
      int base = buffer.getOffsets()[model.getBankIndices()[c]] + model.getBandOffsets()[c];
      for (int y = 0; y < height; y++) {
        int from = base + y * model.getScanlineStride();
        int to = y * width * channels + c;
        if (buffer instanceof DataBufferByte bytes) {
          byte[] data = bytes.getData(model.getBankIndices()[c]);
          for (int x = 0; x < width; x++, from += model.getPixelStride(), to += channels) {
            pixels[to] = data[from];
          }
        } else {
          short[] data = ((DataBufferUShort) buffer).getData(model.getBankIndices()[c]);
          for (int x = 0; x < width; x++, from += model.getPixelStride(), to += channels) {
            int value = data[from] & 0xFFFF;
            pixels[to] = (byte) (cut ? Math.min(value, 255) : value >> 8);
          }
        }
      }
    }
    return new Image(channels, height, width, pixels);
  }
}
