package encas.dataset.image;

import encas.dataset.image.Preprocessing.CropMode;
import java.util.List;

/**
 * Where the pixels of one picture size go: the picture is resized to {@code resizedHeight x
 * resizedWidth}; of that the window at {@code (top, left)} is kept and put at {@code (padTop,
 * padLeft)} of the result, whose rest is filled.
 *
 * <p>The arithmetic is torchvision's for the centre crop ({@code Resize} and {@code CenterCrop})
 * and timm's for the other modes ({@code transforms_imagenet_eval}), rounding included.
 */
record Geometry(
    int resizedHeight,
    int resizedWidth,
    int top,
    int left,
    int height,
    int width,
    int padTop,
    int padLeft,
    int resultHeight,
    int resultWidth) {

  static Geometry of(Preprocessing wanted, int height, int width, int inputHeight, int inputWidth) {
    List<Integer> crop = wanted.crop();
    if (crop == null && wanted.cropMode() != CropMode.CENTER) {
      crop = List.of(inputHeight, inputWidth);
    }
    int[] resized =
        switch (wanted.cropMode()) {
          case CENTER -> center(wanted.resize(), height, width);
          case SQUASH -> both(wanted.resize() == null ? crop : wanted.resize());
          case COVER -> cover(wanted.resize() == null ? crop : wanted.resize(), height, width);
          case BORDER -> border(wanted.resize() == null ? crop : wanted.resize(), height, width);
        };
    int[] result = crop == null ? resized : both(crop);
    int keptHeight = Math.min(resized[0], result[0]);
    int keptWidth = Math.min(resized[1], result[1]);
    return new Geometry(
        resized[0],
        resized[1],
        half(resized[0] - keptHeight),
        half(resized[1] - keptWidth),
        keptHeight,
        keptWidth,
        (result[0] - keptHeight) / 2,
        (result[1] - keptWidth) / 2,
        result[0],
        result[1]);
  }

  private static int[] center(List<Integer> resize, int height, int width) {
    if (resize == null) {
      return new int[] {height, width};
    }
    if (resize.size() == 2) {
      return both(resize);
    }
    int side = resize.get(0);
    int longer = (int) ((double) ((long) side * Math.max(height, width)) / Math.min(height, width));
    return height <= width ? new int[] {side, longer} : new int[] {longer, side};
  }

  /** The longest side, measured against its target, gives the scale. */
  private static int[] border(List<Integer> target, int height, int width) {
    int[] to = both(target);
    return scaled(height, width, Math.max((double) height / to[0], (double) width / to[1]));
  }

  /** The shortest side, measured against its target, gives the scale. */
  private static int[] cover(List<Integer> target, int height, int width) {
    int[] to = both(target);
    return scaled(height, width, Math.min((double) height / to[0], (double) width / to[1]));
  }

  private static int[] scaled(int height, int width, double ratio) {
    return new int[] {
      Math.max(1, (int) Math.rint(height / ratio)), Math.max(1, (int) Math.rint(width / ratio))
    };
  }

  private static int[] both(List<Integer> sides) {
    return new int[] {sides.get(0), sides.get(sides.size() - 1)};
  }

  /** Python's round(), to even. */
  private static int half(int surplus) {
    return (int) Math.rint(surplus / 2.0);
  }

  boolean resizes(int fromHeight, int fromWidth) {
    return resizedHeight != fromHeight || resizedWidth != fromWidth;
  }

  boolean pads() {
    return height != resultHeight || width != resultWidth;
  }
}
