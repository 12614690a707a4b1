package encas.outputs.hadoop;

import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FLOAT;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/** The output table's columns as Parquet has them; Spark reads bigint, int, binary and float. */
final class OutputSchema {
  static final String SAMPLE = "sample";
  static final String LABEL = "label";
  static final String PROBABILITIES = "probabilities";
  static final String TOP1 = "top1";
  static final String CONFIDENCE = "confidence";
  static final String MARGIN = "margin";

  static final MessageType ALL =
      Types.buildMessage()
          .required(INT64)
          .named(SAMPLE)
          .required(INT32)
          .named(LABEL)
          .required(BINARY)
          .named(PROBABILITIES)
          .required(INT32)
          .named(TOP1)
          .required(FLOAT)
          .named(CONFIDENCE)
          .required(FLOAT)
          .named(MARGIN)
          .named("outputs");

  private OutputSchema() {}

  /**
   * Our columns as this file has them: another writer may have made them optional or put them in
   * another order.
   *
   * @param probabilities whether to read them, which are most of the file
   * @throws IllegalArgumentException if one is missing or of another type
   */
  static MessageType in(MessageType file, boolean probabilities) {
    List<Type> columns = new ArrayList<>();
    for (Type ours : ALL.getFields()) {
      if (!probabilities && ours.getName().equals(PROBABILITIES)) {
        continue;
      }
      String name = ours.getName();
      if (!file.containsField(name)) {
        throw new IllegalArgumentException("column " + name + " is missing");
      }
      Type theirs = file.getType(name);
      if (!theirs.isPrimitive()
          || theirs.isRepetition(Type.Repetition.REPEATED)
          || theirs.asPrimitiveType().getPrimitiveTypeName()
              != ours.asPrimitiveType().getPrimitiveTypeName()) {
        throw new IllegalArgumentException("column " + name + " is " + theirs + ", not " + ours);
      }
      columns.add(theirs);
    }
    return new MessageType(file.getName(), columns);
  }
}
