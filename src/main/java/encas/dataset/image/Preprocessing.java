package encas.dataset.image;

import java.io.Serializable;
import java.util.List;

/**
 * What a model wants done to a picture: resize, crop, scale to [0, 1], normalise. The keys are
 * those of the pool file's {@code preprocess}; {@code null} means absent.
 *
 * @param resize short side in pixels (one number), or height and width (two)
 * @param crop side of the square that is cut out (one number), or height and width (two)
 * @param cropMode how to cut: the centre, squash (resize straight to the crop's size), or border
 *     (pad to the crop's size)
 * @param mean per channel, or one for all
 * @param std per channel, or one for all
 */
public record Preprocessing(
    List<Integer> resize,
    List<Integer> crop,
    CropMode cropMode,
    Interpolation interpolation,
    List<Double> mean,
    List<Double> std)
    implements Serializable {

  /** How the crop is taken. */
  public enum CropMode {
    CENTER,
    SQUASH,
    BORDER
  }

  /** Resampling filter; bilinear and bicubic are antialiased as Pillow does it. */
  public enum Interpolation {
    NEAREST,
    BILINEAR,
    BICUBIC
  }
}
