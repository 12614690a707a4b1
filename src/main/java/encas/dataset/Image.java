package encas.dataset;

/**
 * A decoded picture: 8-bit pixels, {@code [height x width x channels]}, channels last.
 *
 * @param channels 1 (grey) or 3 (red, green, blue)
 */
public record Image(int channels, int height, int width, byte[] pixels) {
  public Image {
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException("channels " + channels + " is neither 1 nor 3");
    }
    if (height < 1 || width < 1 || pixels.length != (long) channels * height * width) {
      throw new IllegalArgumentException(
          pixels.length + " pixels for a picture of " + height + " x " + width + " x " + channels);
    }
  }
}
