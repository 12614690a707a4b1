package encas.dataset;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Where the pixels of a picture lie in a record.
 *
 * @param offset of the first pixel in the record
 * @param planar all red, then all green, then all blue; else the three of each pixel together
 */
record PixelLayout(int offset, int channels, int height, int width, boolean planar)
    implements Serializable {

  int size() {
    return channels * height * width;
  }

  /** The picture of the record that starts at {@code start}. */
  Image image(byte[] content, int start) {
    int from = start + offset;
    if (!planar || channels == 1) {
      return new Image(channels, height, width, Arrays.copyOfRange(content, from, from + size()));
    }
    byte[] pixels = new byte[size()];
    for (int c = 0; c < channels; c++) {
      for (int to = c; to < pixels.length; to += channels) {
        pixels[to] = content[from++];
      }
    }
    return new Image(channels, height, width, pixels);
  }
}
