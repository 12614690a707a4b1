package encas.dataset;

import encas.dataset.Opening.Range;
import encas.dataset.image.ImageDecoder;
import encas.failure.InvalidInputException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Opens MNIST's IDX files, plain or gzipped: unsigned bytes, pictures of {@code [rows x height x
 * width]} or {@code [rows x height x width x 3]}, labels of {@code [rows]}.
 *
 * <p>Every byte is read once, for the fingerprint; memory is one picture and the labels.
 */
final class IdxReader {
  private static final int LABELS = 0x0801;
  private static final int GREY = 0x0803;
  private static final int COLOUR = 0x0804;

  private IdxReader() {}

  static Dataset open(Opening opening) {
    byte[] labels = labels(opening);
    URI uri = opening.spec().images();
    try (ScannedFile file = new ScannedFile(opening, "images", uri)) {
      int[] dimensions = dimensions(file, GREY, COLOUR);
      PixelLayout layout = layout(file, dimensions);
      if (dimensions[0] != labels.length) {
        throw opening.wrong(
            "images "
                + uri
                + " holds "
                + dimensions[0]
                + " pictures, but labels "
                + opening.spec().labels()
                + " holds "
                + labels.length,
            "name files that belong together");
      }
      Range range = opening.range(labels.length, uri);
      int[] kept = new int[range.count()];
      for (int i = 0; i < kept.length; i++) {
        long row = range.first() + i;
        kept[i] = opening.label(labels[(int) row] & 255, row, opening.spec().labels());
      }
      ContentDigest digest = new ContentDigest().add("idx");
      digest.add(layout.channels()).add(layout.height()).add(layout.width());
      SampleIndex.Builder index = new SampleIndex.Builder();
      byte[] picture = new byte[layout.size()];
      for (int row = 0; row < labels.length; row++) {
        readPicture(file, picture, row, labels.length);
        if (range.contains(row)) {
          digest.add(kept[(int) (row - range.first())]).add(picture, 0, picture.length);
          index.add(
              new ContentDigest()
                  .add("idx")
                  .add(layout.channels())
                  .add(layout.height())
                  .add(layout.width())
                  .add(picture, 0, picture.length));
        }
      }
      checkEnd(file);
      RecordFile records =
          new RecordFile(
              uri, 4 + 4 * dimensions.length, layout.size(), labels.length, file.sha256());
      return new LabelledSplit(
          new RecordSource(List.of(records), layout, range.first()),
          kept,
          digest.hex(),
          index.build());
    }
  }

  private static byte[] labels(Opening opening) {
    try (ScannedFile file = new ScannedFile(opening, "labels", opening.spec().labels())) {
      int rows = dimensions(file, LABELS, LABELS)[0];
      if (!file.canHold(rows)) {
        throw cutOff(file, "its header tells of " + rows + " labels");
      }
      byte[] labels = new byte[rows];
      int count = file.read(labels);
      if (count < rows) {
        throw cutOff(file, "it ends after " + count + " of " + rows + " labels");
      }
      checkEnd(file);
      return labels;
    }
  }

  private static int[] dimensions(ScannedFile file, int magic, int otherMagic) {
    byte[] word = new byte[4];
    int found = file.read(word) < 4 ? -1 : ByteBuffer.wrap(word).getInt();
    if (found != magic && found != otherMagic) {
      throw file.wrong(
          String.format("starts with %08x, not %08x as IDX does", found, magic),
          "name the IDX file of unsigned bytes, labels and images not swapped");
    }
    int[] dimensions = new int[found & 255];
    for (int i = 0; i < dimensions.length; i++) {
      if (file.read(word) < 4) {
        throw cutOff(file, "it ends in its header");
      }
      dimensions[i] = ByteBuffer.wrap(word).getInt();
      if (dimensions[i] < 0 || (i > 0 && dimensions[i] == 0)) {
        throw file.wrong("has a header with dimension " + dimensions[i], "copy it again");
      }
    }
    return dimensions;
  }

  private static PixelLayout layout(ScannedFile file, int[] dimensions) {
    int channels = dimensions.length == 3 ? 1 : dimensions[3];
    if (channels != 1 && channels != 3) {
      throw file.wrong(
          "has " + channels + " channels",
          "write [rows, height, width] or [rows, height, width, 3]");
    }
    long pixels = (long) dimensions[1] * dimensions[2];
    if (dimensions[1] > ImageDecoder.MAX_SIDE
        || dimensions[2] > ImageDecoder.MAX_SIDE
        || pixels > ImageDecoder.MAX_PIXELS) {
      throw file.wrong(
          "has pictures of " + dimensions[1] + " x " + dimensions[2] + " pixels, too many to read",
          "copy it again, or make them smaller");
    }
    if (!file.canHold(pixels * channels * dimensions[0])) {
      throw cutOff(
          file,
          "its header tells of "
              + dimensions[0]
              + " pictures of "
              + dimensions[1]
              + " x "
              + dimensions[2]);
    }
    return new PixelLayout(0, channels, dimensions[1], dimensions[2], false);
  }

  private static void readPicture(ScannedFile file, byte[] picture, int row, int rows) {
    if (file.read(picture) < picture.length) {
      throw cutOff(file, "it ends in picture " + row + " of " + rows);
    }
  }

  private static InvalidInputException cutOff(ScannedFile file, String reason) {
    return file.wrong("is cut off (" + file.length() + " bytes): " + reason, "copy it again");
  }

  private static void checkEnd(ScannedFile file) {
    if (file.read(new byte[1]) > 0) {
      throw file.wrong("is longer than its header says", "copy it again");
    }
  }
}
