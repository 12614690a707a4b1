package encas.outputs;

import encas.failure.InvalidInputException;
import encas.outputs.npy.NpyReader;
import encas.storage.Store;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.Arrays;

/** Labels that come with imported outputs: integers of any width, {@code [samples]}. */
public final class Labels {
  private static final int CHUNK = 1 << 12;

  private Labels() {}

  /**
   * Reads a {@code .npy} file of labels, gzipped or not.
   *
   * @throws InvalidInputException if it is none, or a label is below -1 or no int; names file, row
   *     and value
   */
  public static int[] read(Store store, URI file) {
    try (NpyReader reader = NpyReader.open(store, file)) {
      long[] shape = reader.header().shape();
      if (shape.length != 1 || shape[0] < 1 || shape[0] > Integer.MAX_VALUE - 8) {
        throw new InvalidInputException(
            file
                + ": labels have shape "
                + reader.header().shapeText()
                + ", not [N], one whole number a sample");
      }
      // A gzipped file's shape may promise more than it holds: the array grows as labels come.
      int rows = (int) shape[0];
      int[] labels = new int[Math.min(rows, CHUNK)];
      for (int from = 0; from < rows; ) {
        long[] chunk = new long[Math.min(CHUNK, rows - from)];
        reader.read(chunk);
        if (from + chunk.length > labels.length) {
          labels = Arrays.copyOf(labels, (int) Math.min(rows, 2L * labels.length));
        }
        for (long label : chunk) {
          if (label < -1 || label > Integer.MAX_VALUE) {
            throw new InvalidInputException(
                file + ": row " + from + ": label " + label + " is no class; -1 means unknown");
          }
          labels[from++] = (int) label;
        }
      }
      return labels;
    } catch (IOException e) {
      throw InvalidInputException.unreadable("labels", file, e);
    }
  }

  /**
   * Holds labels to the number of classes.
   *
   * @throws InvalidInputException if a label is not below {@code classes}; names file, row, value
   */
  public static void check(int[] labels, int classes, URI file) {
    for (int row = 0; row < labels.length; row++) {
      if (labels[row] >= classes) {
        throw new InvalidInputException(
            file
                + ": row "
                + row
                + ": label "
                + labels[row]
                + " is outside [-1, "
                + (classes - 1)
                + "]: the outputs have "
                + classes
                + " classes");
      }
    }
  }

  /** Fingerprint of the labels: SHA-256 over them as little-endian 4-byte integers, in order. */
  public static String sha256(int[] labels) {
    MessageDigest digest = Sha256.newDigest();
    for (int label : labels) {
      update(digest, label);
    }
    return Sha256.hex(digest);
  }

  /** Adds the next label to a digest that becomes {@link #sha256}. */
  public static void update(MessageDigest digest, int label) {
    digest.update(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(label).array());
  }
}
