package encas.dataset.image;

import encas.dataset.Image;
import encas.dataset.image.Preprocessing.CropMode;
import encas.dataset.image.Preprocessing.Interpolation;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

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
  private static final int SIZES_KEPT = 16;

  private final Preprocessing wanted;
  private final int channels;
  private final int height;
  private final int width;

  private final Normalisation normalisation;

  private final Map<Long, Plan> plans = new LinkedHashMap<>(2 * SIZES_KEPT, 0.75f, true);
  private Plan last;
  private byte[] grey = {};
  private byte[] window = {};

  /** What to do with pictures of one size; without a resize the window is cut from the picture. */
  private record Plan(int height, int width, Geometry geometry, Resize resize) {}

  /**
   * For a model input of {@code [channels x height x width]}.
   *
   * @throws IllegalArgumentException if no picture can come out in that shape
   */
  public Preprocessor(Preprocessing wanted, int channels, int height, int width) {
    this.wanted = wanted;
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
    checkResult();
    this.normalisation = new Normalisation(wanted, channels, height, width);
  }

  /** Sizes that do not depend on the picture are checked before there is one. */
  private void checkResult() {
    boolean fixedResize =
        wanted.resize() != null
            && (wanted.resize().size() == 2 || wanted.cropMode() == CropMode.SQUASH);
    if (wanted.crop() != null || fixedResize) {
      check(Geometry.of(wanted, 1, 1, height, width), "any picture");
    }
  }

  private void check(Geometry geometry, String picture) {
    if (geometry.resultHeight() != height || geometry.resultWidth() != width) {
      throw new IllegalArgumentException(
          "preprocess gives "
              + geometry.resultHeight()
              + " x "
              + geometry.resultWidth()
              + " for "
              + picture
              + ", but the model's input is "
              + height
              + " x "
              + width
              + ": set crop: ["
              + height
              + ", "
              + width
              + "]");
    }
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
    Plan plan = plan(image.height(), image.width());
    byte[] pixels = image.pixels();
    int from = image.channels();
    if (from == 3 && channels == 1) {
      pixels = luma(pixels);
      from = 1;
    }
    Geometry geometry = plan.geometry();
    if (geometry.pads()) {
      normalisation.fill(batch, offset);
    }
    int target = offset + geometry.padTop() * width + geometry.padLeft();
    if (plan.resize() == null) {
      int start = (geometry.top() * plan.width() + geometry.left()) * from;
      normalisation.write(pixels, start, plan.width() * from, from, geometry, batch, target);
      return;
    }
    int size = geometry.height() * geometry.width() * from;
    if (window.length < size) {
      window = new byte[size];
    }
    plan.resize().apply(pixels, from, window);
    normalisation.write(window, 0, geometry.width() * from, from, geometry, batch, target);
  }

  /**
   * The geometry alone: the 8-bit picture of {@code height x width} that {@link #apply} normalises,
   * of one channel if picture or input is grey. A preprocessor of {@link Preprocessing#ofCrops}
   * does the rest, with the same bits.
   *
   * @throws IllegalArgumentException if the picture does not come out in the model's input size
   */
  public Image crop(Image image) {
    Plan plan = plan(image.height(), image.width());
    Geometry geometry = plan.geometry();
    boolean toGrey = image.channels() == 3 && channels == 1;
    byte[] pixels = toGrey ? luma(image.pixels()) : image.pixels();
    int from = toGrey ? 1 : image.channels();
    int start = (geometry.top() * plan.width() + geometry.left()) * from;
    int stride = plan.width() * from;
    if (plan.resize() != null) {
      int size = geometry.height() * geometry.width() * from;
      if (window.length < size) {
        window = new byte[size];
      }
      plan.resize().apply(pixels, from, window);
      pixels = window;
      start = 0;
      stride = geometry.width() * from;
    }
    // Grey on a coloured border has become colour.
    int to = geometry.pads() && !normalisation.greyBackground() ? channels : from;
    byte[] crop = new byte[to * height * width];
    if (geometry.pads()) {
      normalisation.fill(crop, to);
    }
    for (int y = 0; y < geometry.height(); y++) {
      int target = ((geometry.padTop() + y) * width + geometry.padLeft()) * to;
      copyRow(pixels, start + y * stride, from, crop, target, to, geometry.width());
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

  private byte[] luma(byte[] colours) {
    int size = colours.length / 3;
    if (grey.length < size) {
      grey = new byte[size];
    }
    for (int i = 0, from = 0; i < size; i++, from += 3) {
      int weighted =
          (colours[from] & 255) * 19595
              + (colours[from + 1] & 255) * 38470
              + (colours[from + 2] & 255) * 7471;
      grey[i] = (byte) ((weighted + 0x8000) >> 16);
    }
    return grey;
  }

  private Plan plan(int fromHeight, int fromWidth) {
    // Data sets of one size never reach the map, which would box its key.
    if (last == null || last.height() != fromHeight || last.width() != fromWidth) {
      last = keptPlan(fromHeight, fromWidth);
    }
    return last;
  }

  private Plan keptPlan(int fromHeight, int fromWidth) {
    long key = ((long) fromHeight << 32) | fromWidth;
    Plan plan = plans.get(key);
    if (plan == null) {
      plan = newPlan(fromHeight, fromWidth);
      if (plans.size() == SIZES_KEPT) {
        plans.remove(plans.keySet().iterator().next());
      }
      plans.put(key, plan);
    }
    return plan;
  }

  private Plan newPlan(int fromHeight, int fromWidth) {
    Geometry geometry = Geometry.of(wanted, fromHeight, fromWidth, height, width);
    check(geometry, "a picture of " + fromHeight + " x " + fromWidth);
    Resize resize = null;
    if (geometry.resizes(fromHeight, fromWidth)) {
      resize =
          wanted.interpolation() == Interpolation.NEAREST
              ? new NearestResize(fromHeight, fromWidth, geometry)
              : new ConvolutionResize(wanted.interpolation(), fromHeight, fromWidth, geometry);
    }
    return new Plan(fromHeight, fromWidth, geometry, resize);
  }
}
