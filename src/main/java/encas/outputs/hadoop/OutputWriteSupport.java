package encas.outputs.hadoop;

import encas.outputs.OutputRow;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;

/** Hands a row to Parquet column by column; at the end the footer gets the rows' fingerprint. */
final class OutputWriteSupport extends WriteSupport<OutputRow> {
  private final Supplier<String> rowsSha256;
  private RecordConsumer consumer;

  /**
   * @param rowsSha256 asked once all rows are written
   */
  OutputWriteSupport(Supplier<String> rowsSha256) {
    this.rowsSha256 = rowsSha256;
  }

  @Override
  @SuppressWarnings("deprecation") // abstract in Parquet
  public WriteContext init(Configuration configuration) {
    return new WriteContext(OutputSchema.ALL, Map.of());
  }

  @Override
  public WriteContext init(ParquetConfiguration configuration) {
    return new WriteContext(OutputSchema.ALL, Map.of());
  }

  @Override
  public void prepareForWrite(RecordConsumer recordConsumer) {
    consumer = recordConsumer;
  }

  @Override
  public void write(OutputRow row) {
    consumer.startMessage();
    consumer.startField(OutputSchema.SAMPLE, 0);
    consumer.addLong(row.sample());
    consumer.endField(OutputSchema.SAMPLE, 0);
    consumer.startField(OutputSchema.LABEL, 1);
    consumer.addInteger(row.label());
    consumer.endField(OutputSchema.LABEL, 1);
    consumer.startField(OutputSchema.PROBABILITIES, 2);
    consumer.addBinary(Binary.fromConstantByteArray(bytes(row.probabilities())));
    consumer.endField(OutputSchema.PROBABILITIES, 2);
    consumer.startField(OutputSchema.TOP1, 3);
    consumer.addInteger(row.top1());
    consumer.endField(OutputSchema.TOP1, 3);
    consumer.startField(OutputSchema.CONFIDENCE, 4);
    consumer.addFloat(row.confidence());
    consumer.endField(OutputSchema.CONFIDENCE, 4);
    consumer.startField(OutputSchema.MARGIN, 5);
    consumer.addFloat(row.margin());
    consumer.endField(OutputSchema.MARGIN, 5);
    consumer.endMessage();
  }

  @Override
  public FinalizedWriteContext finalizeWrite() {
    return new FinalizedWriteContext(Map.of(Footer.ROWS_SHA256, rowsSha256.get()));
  }

  private static byte[] bytes(short[] halves) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * halves.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asShortBuffer().put(halves);
    return bytes.array();
  }
}
