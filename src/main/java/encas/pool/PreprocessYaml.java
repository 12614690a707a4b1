package encas.pool;

import encas.dataset.image.Preprocessing;
import encas.dataset.image.Preprocessing.CropMode;
import encas.dataset.image.Preprocessing.Interpolation;
import encas.pool.ModelCard.InputShape;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/** A pool file's {@code preprocess}. */
final class PreprocessYaml {
  private static final List<String> KEYS =
      List.of("resize", "crop", "crop-mode", "crop-pct", "interpolation", "mean", "std");

  private PreprocessYaml() {}

  static Preprocessing read(YamlNode node, InputShape input) {
    if (node == null) {
      return new Preprocessing(null, null, null, null, null, null);
    }
    node.only(KEYS);
    List<Integer> crop = sides(node.get("crop"));
    checkFits(node.get("crop"), crop, input);
    return new Preprocessing(
        resize(node, crop),
        crop,
        cropMode(node, crop),
        node.get("interpolation") == null
            ? null
            : node.get("interpolation")
                .oneOf(Interpolation.class, EnumSet.allOf(Interpolation.class)),
        channels(node.get("mean"), input, false),
        channels(node.get("std"), input, true));
  }

  private static CropMode cropMode(YamlNode node, List<Integer> crop) {
    YamlNode written = node.get("crop-mode");
    CropMode mode =
        written == null
            ? CropMode.CENTER
            : written.oneOf(CropMode.class, EnumSet.allOf(CropMode.class));
    // A fraction of an oblong has no one short side to resize to; timm then covers it.
    boolean oblong = crop != null && crop.stream().distinct().count() == 2;
    boolean covers = mode == CropMode.CENTER && oblong && node.get("crop-pct") != null;
    return covers ? CropMode.COVER : mode;
  }

  /** The crop is the last step that changes a size, so it has to give what the model takes. */
  private static void checkFits(YamlNode node, List<Integer> crop, InputShape input) {
    if (crop != null
        && (crop.get(0) != input.height() || crop.get(crop.size() - 1) != input.width())) {
      throw node.wrong(
          "cuts "
              + crop.get(0)
              + " x "
              + crop.get(crop.size() - 1)
              + ", but input is "
              + input.height()
              + " x "
              + input.width(),
          "correct one of them");
    }
  }

  private static List<Integer> resize(YamlNode node, List<Integer> crop) {
    YamlNode percentage = node.get("crop-pct");
    List<Integer> resize = sides(node.get("resize"));
    if (percentage == null) {
      return resize;
    }
    if (resize != null || crop == null) {
      throw percentage.wrong(
          resize != null ? "resize is given too" : "needs crop",
          "crop-pct means floor(crop / crop-pct)");
    }
    double fraction = percentage.number();
    if (!(fraction > 0 && fraction <= 1)) {
      throw percentage.wrong(percentage.text() + " is outside (0, 1]", "write for example 0.875");
    }
    List<Integer> sides = new ArrayList<>();
    for (int side : crop) {
      sides.add((int) Math.floor(side / fraction));
    }
    // A square, however it is written, is a short side: two numbers would give up the aspect ratio.
    return sides.stream().distinct().toList();
  }

  private static List<Integer> sides(YamlNode node) {
    if (node == null) {
      return null;
    }
    if (!node.isList()) {
      return List.of(node.integer(1, Preprocessing.MAX_SIDE));
    }
    List<Integer> sides =
        node.items().stream().map(item -> item.integer(1, Preprocessing.MAX_SIDE)).toList();
    if (sides.isEmpty() || sides.size() > 2) {
      throw node.wrong(sides.size() + " numbers", "write one side, or [height, width]");
    }
    return List.copyOf(sides);
  }

  private static List<Double> channels(YamlNode node, InputShape input, boolean positive) {
    if (node == null) {
      return null;
    }
    List<YamlNode> items = node.isList() ? node.items() : List.of(node);
    if (items.size() != 1 && items.size() != input.channels()) {
      throw node.wrong(
          items.size() + " numbers for " + input.channels() + " channels",
          "write one, or one a channel");
    }
    List<Double> numbers = new ArrayList<>();
    for (YamlNode item : items) {
      double number = item.number();
      if (positive && number <= 0) {
        throw item.wrong(item.text() + " is not above 0", "correct it");
      }
      numbers.add(number);
    }
    return List.copyOf(numbers);
  }
}
