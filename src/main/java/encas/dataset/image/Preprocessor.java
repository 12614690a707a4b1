package encas.dataset.image;

import encas.dataset.Image;
import encas.dataset.image.Cropping.Window;
import java.nio.FloatBuffer;

/**
 * Turns pictures into a model's input: resize, crop, scale to [0, 1], normalise.
 *
 * <pre>{@code
 * Preprocessor preprocessor = new Preprocessor(card.preprocess(), 3, 224, 224);
 * float[] batch = new float[64 * 3 * 224 * 224];
 * preprocessor.apply(image, batch, i * 3 * 224 * 224);
 * }</pre>
 *
 * <p>The result is {@code [channels x height x width]}, single precision, and equal to the last bit
 * to what Python gives: the resize works on 8-bit pixels and gives 8-bit pixels, as Pillow's {@code
 * Image.resize} of Pillow 12 does; then {@code (x / 255 - mean) / std} in single precision, as
 * torchvision's {@code ToTensor} and {@code Normalize} do. By crop mode:
 *
 * <ul>
 *   <li>centre: {@code resize} of one number is the short side, the long one is {@code int(resize *
 *       long / short)}; {@code crop} is cut from the centre (torchvision's {@code CenterCrop}); a
 *       picture smaller than the crop is padded with black;
 *   <li>squash: resize to exactly {@code resize} (default: the crop's size), then as above (timm);
 *   <li>cover: resize, up or down, until the picture just covers {@code resize} (default: the
 *       crop's size), then cut the centre (timm's centre crop for inputs that are no squares);
 *   <li>border: resize, up or down, until the whole picture just fits {@code resize} (default: the
 *       crop's size), then cut or pad to the crop's size with the mean colour (timm).
 * </ul>
 *
 * <p>For all but centre an absent {@code crop} is the model's input size. A grey picture is
 * repeated for three channels; a coloured one becomes grey for one channel by Pillow's weights
 * (ITU-R 601-2).
 *
 * <p>Tables are kept for the last few picture sizes; a picture allocates next to nothing once its
 * size has been met. Not thread-safe: one a task.
 */
public final class Preprocessor {
  private final int channels;
  private final int height;
  private final int width;
  private final Cropping cropping;
  private final Normalisation normalisation;

  /**
   * For a model input of {@code [channels x height x width]}.
   *
   * @throws IllegalArgumentException if no picture can come out in that shape
   */
  public Preprocessor(Preprocessing wanted, int channels, int height, int width) {
    this.channels = channels;
    this.height = height;
    this.width = width;
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException(
          "input channels " + channels + " are neither 1 nor 3: pictures are grey or RGB");
    }
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException("input " + height + " x " + width + " has no pixels");
    }
    this.cropping = new Cropping(wanted, channels == 1, height, width);
    this.normalisation = new Normalisation(wanted, channels, height, width);
  }

  /**
   * Writes the picture's {@code channels x height x width} values to {@code batch[offset ..)}.
   *
   * @throws IllegalArgumentException if the picture does not come out in the model's input size
   */
  public void apply(Image image, float[] batch, int offset) {
    apply(image, FloatBuffer.wrap(batch), offset);
  }

  /** The same into a buffer, whose position is of no account. */
  public void apply(Image image, FloatBuffer batch, int offset) {
    Window window = cropping.window(image);
    Geometry geometry = window.geometry();
    if (geometry.pads()) {
      normalisation.fill(batch, offset);
    }
    int target = offset + geometry.padTop() * width + geometry.padLeft();
    normalisation.write(window, batch, target);
  }

  /**
   * The geometry alone: the 8-bit picture of {@code height x width} that {@link #apply} normalises,
   * of one channel if picture or input is grey. A preprocessor of {@link Preprocessing#ofCrops}
   * does the rest, with the same bits.
   *
   * @throws IllegalArgumentException if the picture does not come out in the model's input size
   */
  public Image crop(Image image) {
    Window window = cropping.window(image);
    Geometry geometry = window.geometry();
    int from = window.channels();
    // Grey on a coloured border has become colour.
    int to = geometry.pads() && !normalisation.greyBackground() ? channels : from;
    byte[] crop = new byte[to * height * width];
    if (geometry.pads()) {
      normalisation.fill(crop, to);
    }
    for (int y = 0; y < geometry.height(); y++) {
      int start = window.start() + y * window.stride();
      int target = ((geometry.padTop() + y) * width + geometry.padLeft()) * to;
      copyRow(window.pixels(), start, from, crop, target, to, geometry.width());
    }
    return new Image(to, height, width, crop);
  }

  private static void copyRow(
      byte[] pixels, int start, int from, byte[] crop, int target, int to, int width) {
    if (from == to) {
      System.arraycopy(pixels, start, crop, target, width * to);
      return;
    }
    for (int x = 0; x < width * to; x++) {
      crop[target + x] = pixels[start + x / to];
    }
  }
}
