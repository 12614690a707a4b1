package encas.outputs.hadoop;

import encas.outputs.OutputRow;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.InitContext;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;

/** Puts a row together from Parquet's columns, as they are stored; judges nothing. */
final class OutputReadSupport extends ReadSupport<OutputRow> {
  private final boolean probabilities;

  OutputReadSupport(boolean probabilities) {
    this.probabilities = probabilities;
  }

  @Override
  public ReadContext init(InitContext context) {
    return new ReadContext(OutputSchema.in(context.getFileSchema(), probabilities));
  }

  @Override
  @SuppressWarnings("deprecation") // abstract in Parquet
  public RecordMaterializer<OutputRow> prepareForRead(
      Configuration configuration,
      Map<String, String> metadata,
      MessageType schema,
      ReadContext context) {
    return new RowMaterializer(probabilities);
  }

  @Override
  public RecordMaterializer<OutputRow> prepareForRead(
      ParquetConfiguration configuration,
      Map<String, String> metadata,
      MessageType schema,
      ReadContext context) {
    return new RowMaterializer(probabilities);
  }

  private static final class RowMaterializer extends RecordMaterializer<OutputRow> {
    private static final short[] NONE = {};

    private final Columns columns;
    private long sample;
    private int label;
    private short[] probabilities;
    private int top1;
    private float confidence;
    private float margin;

    RowMaterializer(boolean probabilities) {
      columns = new Columns(this, probabilities);
    }

    @Override
    public OutputRow getCurrentRecord() {
      return new OutputRow(sample, label, probabilities, top1, confidence, margin);
    }

    @Override
    public GroupConverter getRootConverter() {
      return columns;
    }

    private void clear() {
      sample = -1;
      label = -1;
      probabilities = NONE;
      top1 = -1;
      confidence = Float.NaN;
      margin = Float.NaN;
    }
  }

  private static final class Columns extends GroupConverter {
    /** Place of the probabilities among the columns. */
    private static final int PROBABILITIES =
        OutputSchema.ALL.getFieldIndex(OutputSchema.PROBABILITIES);

    private final RowMaterializer row;
    private final List<Converter> converters;

    Columns(RowMaterializer row, boolean probabilities) {
      this.row = row;
      List<Converter> all =
          List.of(
              new PrimitiveConverter() {
                @Override
                public void addLong(long value) {
                  row.sample = value;
                }
              },
              new PrimitiveConverter() {
                @Override
                public void addInt(int value) {
                  row.label = value;
                }
              },
              new PrimitiveConverter() {
                @Override
                public void addBinary(Binary value) {
                  row.probabilities = halves(value);
                }
              },
              new PrimitiveConverter() {
                @Override
                public void addInt(int value) {
                  row.top1 = value;
                }
              },
              new FloatConverter(value -> row.confidence = value),
              new FloatConverter(value -> row.margin = value));
      converters = new ArrayList<>(all);
      if (!probabilities) {
        converters.remove(PROBABILITIES);
      }
    }

    private static short[] halves(Binary value) {
      short[] halves = new short[value.length() / 2];
      value.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(halves);
      return halves;
    }

    @Override
    public Converter getConverter(int field) {
      return converters.get(field);
    }

    @Override
    public void start() {
      row.clear();
    }

    @Override
    public void end() {}
  }

  private static final class FloatConverter extends PrimitiveConverter {
    private final Consumer<Float> column;

    FloatConverter(Consumer<Float> column) {
      this.column = column;
    }

    @Override
    public void addFloat(float value) {
      column.accept(value);
    }
  }
}
