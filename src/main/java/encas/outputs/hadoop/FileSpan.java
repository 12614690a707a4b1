package encas.outputs.hadoop;

import java.io.Serializable;

/**
 * Which samples a row file may hold.
 *
 * @param file name in its model's folder
 * @param first smallest sample
 * @param last largest sample
 */
public record FileSpan(String file, long first, long last) implements Serializable {

  /** Whether some sample {@code from <= sample < to} may be in the file. */
  public boolean overlaps(long from, long to) {
    return first < to && last >= from;
  }
}
