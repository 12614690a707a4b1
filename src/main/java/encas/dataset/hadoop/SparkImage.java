package encas.dataset.hadoop;

import encas.dataset.Image;
import encas.dataset.image.ImageDecoder;
import encas.dataset.image.UndecodableImageException;

/** Pixels as Spark's {@code image} source stores them: OpenCV's order, blue, green, red, alpha. */
final class SparkImage {
  private SparkImage() {}

  static Image of(int height, int width, int channels, byte[] data)
      throws UndecodableImageException {
    boolean known = channels == 1 || channels == 3 || channels == 4;
    if (!known
        || height < 1
        || width < 1
        || height > ImageDecoder.MAX_SIDE
        || width > ImageDecoder.MAX_SIDE
        || data.length != (long) height * width * channels) {
      throw new UndecodableImageException(
          "tells of "
              + height
              + " x "
              + width
              + " pixels of "
              + channels
              + " channels in "
              + data.length
              + " bytes: write 8-bit pixels of 1, 3 or 4 channels");
    }
    if (channels == 1) {
      return new Image(1, height, width, data);
    }
    byte[] pixels = new byte[height * width * 3];
    for (int from = 0, to = 0; to < pixels.length; from += channels, to += 3) {
      pixels[to] = data[from + 2];
      pixels[to + 1] = data[from + 1];
      pixels[to + 2] = data[from];
    }
    return new Image(3, height, width, pixels);
  }
}
