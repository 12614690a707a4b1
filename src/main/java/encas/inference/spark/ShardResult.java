package encas.inference.spark;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * What a task has to say of its shard. Faults are values, not exceptions: Spark would try an
 * exception's task three times more. Travels as bytes, which any serializer knows.
 *
 * @param message why not; null if stored
 * @param rows rows stored
 * @param skipped indices of samples left out, ascending
 * @param firstSkipped why the first of them was left out, or null
 * @param nanos time spent on the shard, without loading the model
 * @param waitedNanos of it, time spent waiting for decoded pictures
 */
record ShardResult(
    int shard,
    Outcome outcome,
    String message,
    long rows,
    long[] skipped,
    String firstSkipped,
    long nanos,
    long waitedNanos) {

  /** How a task ended. */
  enum Outcome {
    STORED,
    MODEL_FAULT,
    DEVICE_MEMORY,
    /** Data or settings cannot be used. */
    INVALID_INPUT
  }

  static ShardResult not(int shard, Outcome outcome, String message) {
    return new ShardResult(shard, outcome, message, 0, new long[0], null, 0, 0);
  }

  byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(shard);
      out.writeUTF(outcome.name());
      writeText(out, message);
      out.writeLong(rows);
      out.writeInt(skipped.length);
      for (long sample : skipped) {
        out.writeLong(sample);
      }
      writeText(out, firstSkipped);
      out.writeLong(nanos);
      out.writeLong(waitedNanos);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static ShardResult fromBytes(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int shard = in.readInt();
      Outcome outcome = Outcome.valueOf(in.readUTF());
      String message = readText(in);
      long rows = in.readLong();
      long[] skipped = new long[in.readInt()];
      for (int i = 0; i < skipped.length; i++) {
        skipped[i] = in.readLong();
      }
      return new ShardResult(
          shard, outcome, message, rows, skipped, readText(in), in.readLong(), in.readLong());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void writeText(DataOutputStream out, String text) throws IOException {
    out.writeBoolean(text != null);
    if (text != null) {
      // writeUTF takes 65535 bytes at most, and a character may need three.
      out.writeUTF(text.length() <= 20_000 ? text : text.substring(0, 20_000));
    }
  }

  private static String readText(DataInputStream in) throws IOException {
    return in.readBoolean() ? in.readUTF() : null;
  }
}
