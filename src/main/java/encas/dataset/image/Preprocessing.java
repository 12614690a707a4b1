package encas.dataset.image;

import java.io.Serializable;
import java.util.List;

/**
 * What a model wants done to a picture: resize, crop, scale to [0, 1], normalise. The keys are
 * those of the pool file's {@code preprocess}.
 *
 * <pre>{@code
 * new Preprocessing(List.of(256), List.of(224), CropMode.CENTER, Interpolation.BICUBIC,
 *     List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225));
 * }</pre>
 *
 * @param resize short side in pixels (one number), or height and width (two); null for no resize
 * @param crop side of the square that is cut out (one number), or height and width (two); null for
 *     no crop
 * @param cropMode how to cut: the centre (default), squash (resize without regard to the aspect
 *     ratio), cover (resize until the picture just covers {@code resize}, then cut the centre), or
 *     border (resize until the whole picture fits, fill up with the mean colour)
 * @param interpolation bilinear by default
 * @param mean per channel, or one for all; of pixels in [0, 1]; 0 by default
 * @param std per channel, or one for all; of pixels in [0, 1]; 1 by default
 */
public record Preprocessing(
    List<Integer> resize,
    List<Integer> crop,
    CropMode cropMode,
    Interpolation interpolation,
    List<Double> mean,
    List<Double> std)
    implements Serializable {
  /** No side of a picture or a crop is larger than this many pixels. */
  public static final int MAX_SIDE = 1 << 14;

  /** How the crop is taken. */
  public enum CropMode {
    CENTER,
    SQUASH,
    COVER,
    BORDER
  }

  /** Resampling filter; bilinear and bicubic are antialiased as Pillow does it. */
  public enum Interpolation {
    NEAREST,
    BILINEAR,
    BICUBIC
  }

  /** Nulls become the defaults. */
  public Preprocessing {
    resize = sides("resize", resize);
    crop = sides("crop", crop);
    cropMode = cropMode == null ? CropMode.CENTER : cropMode;
    interpolation = interpolation == null ? Interpolation.BILINEAR : interpolation;
    mean = channels("mean", mean == null ? List.of(0.0) : mean);
    std = channels("std", std == null ? List.of(1.0) : std);
    for (double deviation : std) {
      // Single precision is what divides.
      if (!((float) deviation > 0)) {
        throw new IllegalArgumentException(
            "std " + deviation + " is not above 0: write the standard deviation of the pixels");
      }
    }
  }

  private static List<Integer> sides(String name, List<Integer> sides) {
    if (sides == null) {
      return null;
    }
    if (sides.isEmpty() || sides.size() > 2) {
      throw new IllegalArgumentException(
          name + " has " + sides.size() + " numbers: write one side, or [height, width]");
    }
    for (int side : sides) {
      if (side < 1 || side > MAX_SIDE) {
        throw new IllegalArgumentException(
            name + " " + side + " is outside [1, " + MAX_SIDE + "]: write a side in pixels");
      }
    }
    return List.copyOf(sides);
  }

  private static List<Double> channels(String name, List<Double> numbers) {
    if (numbers.size() != 1 && numbers.size() != 3) {
      throw new IllegalArgumentException(
          name + " has " + numbers.size() + " numbers: write one, or one a channel");
    }
    for (double number : numbers) {
      if (!Double.isFinite((float) number)) {
        throw new IllegalArgumentException(
            name + " " + number + " is no finite number: write one in the units of [0, 1] pixels");
      }
    }
    return List.copyOf(numbers);
  }

  /**
   * What of this decides on the 8-bit pixels before they are normalised; equal for models that can
   * share them. The mean belongs to it only where it colours a border.
   */
  public Preprocessing geometry() {
    return new Preprocessing(
        resize, crop, cropMode, interpolation, cropMode == CropMode.BORDER ? mean : null, null);
  }

  /** What is left to do to pictures that {@link Preprocessor#crop} has cut. */
  public Preprocessing ofCrops() {
    return new Preprocessing(null, null, null, null, mean, std);
  }
}
