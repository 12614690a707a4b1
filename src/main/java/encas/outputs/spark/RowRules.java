package encas.outputs.spark;

import encas.outputs.ImportedRow;
import encas.outputs.OutputRow;
import encas.storage.Half;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * What a row (model, sample, label, probabilities) must be to be imported.
 *
 * @param labels of every sample, or null if the rows' own count
 * @param logits whether softmax is still to be applied
 * @param sumTolerance how far from 1 probabilities may sum up to
 */
record RowRules(int[] labels, int classes, boolean logits, double sumTolerance)
    implements Serializable {

  /**
   * The row as it is stored.
   *
   * @param sample the one that comes next
   * @throws IllegalArgumentException if it is none; says why
   */
  OutputRow stored(Row row, long sample) {
    if (row.isNullAt(1) || row.isNullAt(2) || row.isNullAt(3)) {
      throw new IllegalArgumentException("sample, label or probabilities are null");
    }
    if (row.getLong(1) != sample) {
      throw new IllegalArgumentException(
          "sample "
              + row.getLong(1)
              + " instead of "
              + sample
              + "; every model needs the samples 0, 1, ... once each");
    }
    int label = label(row.getLong(2));
    if (labels != null && (sample >= labels.length || labels[(int) sample] != label)) {
      throw new IllegalArgumentException(
          "sample " + sample + ": label " + label + ", --labels says otherwise");
    }
    return ImportedRow.of(sample, label, values(row), logits, sumTolerance);
  }

  private int label(long label) {
    if (label < -1 || label >= classes) {
      throw new IllegalArgumentException(
          "label " + label + " is outside [-1, " + (classes - 1) + "]");
    }
    return (int) label;
  }

  private float[] values(Row row) {
    float[] values = new float[classes];
    if (row.get(3) instanceof byte[] bytes) {
      if (bytes.length != 2 * classes) {
        throw new IllegalArgumentException(bytes.length + " bytes of probabilities");
      }
      ByteBuffer halves = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      for (int c = 0; c < classes; c++) {
        values[c] = Half.toFloat(halves.getShort());
      }
    } else {
      List<Float> list = row.getList(3);
      for (int c = 0; c < classes; c++) {
        Float value = list.get(c);
        values[c] = value == null ? Float.NaN : value;
      }
    }
    return values;
  }
}
