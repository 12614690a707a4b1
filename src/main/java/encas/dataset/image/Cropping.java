package encas.dataset.image;

import encas.dataset.Image;
import encas.dataset.image.Preprocessing.CropMode;
import encas.dataset.image.Preprocessing.Interpolation;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Makes the part of a picture that a model sees: grey where the model takes grey, resized, cut out.
 * Tables of the last few picture sizes are kept. Not thread-safe.
 */
final class Cropping {
  private static final int SIZES_KEPT = 16;

  private final Preprocessing wanted;
  private final boolean toGrey;
  private final int height;
  private final int width;

  private final Map<Long, Plan> plans = new LinkedHashMap<>(2 * SIZES_KEPT, 0.75f, true);
  private Plan last;
  private byte[] grey = {};
  private byte[] resized = {};

  /** What to do with pictures of one size; without a resize the window is cut from the picture. */
  private record Plan(int height, int width, Geometry geometry, Resize resize) {}

  /**
   * Pixels {@code [height x width x channels]} among others; good until the next picture.
   *
   * @param start of the window's first pixel
   * @param stride from one row of the window to the next
   * @param geometry has the window's height and width, and its place in the result
   */
  record Window(byte[] pixels, int start, int stride, int channels, Geometry geometry) {}

  /**
   * For results of {@code height x width}.
   *
   * @throws IllegalArgumentException if no picture can come out in that size
   */
  Cropping(Preprocessing wanted, boolean toGrey, int height, int width) {
    this.wanted = wanted;
    this.toGrey = toGrey;
    this.height = height;
    this.width = width;
    checkResult();
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
   * The window of a picture.
   *
   * @throws IllegalArgumentException if the picture does not come out in the result's size
   */
  Window window(Image image) {
    Plan plan = plan(image.height(), image.width());
    Geometry geometry = plan.geometry();
    byte[] pixels = image.pixels();
    int channels = image.channels();
    if (toGrey && channels == 3) {
      pixels = luma(pixels);
      channels = 1;
    }
    if (plan.resize() == null) {
      int start = (geometry.top() * plan.width() + geometry.left()) * channels;
      return new Window(pixels, start, plan.width() * channels, channels, geometry);
    }
    int size = geometry.height() * geometry.width() * channels;
    if (resized.length < size) {
      resized = new byte[size];
    }
    plan.resize().apply(pixels, channels, resized);
    return new Window(resized, 0, geometry.width() * channels, channels, geometry);
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
