package encas.inference.spark;

import encas.outputs.FileSummary;
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
 * @param file what was stored; null if nothing was
 * @param skipped indices of samples left out, ascending
 * @param firstSkipped why the first of them was left out, or null
 * @param times of the shard
 */
record ShardResult(
    int shard,
    Outcome outcome,
    String message,
    FileSummary file,
    long[] skipped,
    String firstSkipped,
    Times times) {

  /** How a task ended. */
  enum Outcome {
    STORED,
    MODEL_FAULT,
    DEVICE_MEMORY,
    /** Data or settings cannot be used. */
    INVALID_INPUT,
    /** What an earlier run has stored cannot be used. */
    DAMAGED
  }

  /**
   * Nanoseconds, of the task's clock.
   *
   * @param all spent on the shard, without loading the model
   * @param waited of it, waiting for decoded pictures
   * @param batches batches that were timed
   * @param batchNanos of it, running these
   * @param one a batch of one sample, beside the shard; 0 if not measured
   */
  record Times(long all, long waited, long batches, long batchNanos, long one) {
    static final Times NONE = new Times(0, 0, 0, 0, 0);
  }

  static ShardResult not(int shard, Outcome outcome, String message) {
    return new ShardResult(shard, outcome, message, null, new long[0], null, Times.NONE);
  }

  /** Of a shard that an earlier run has stored. */
  static ShardResult kept(int shard, FileSummary file, long[] missing) {
    return new ShardResult(shard, Outcome.STORED, null, file, missing, null, Times.NONE);
  }

  long rows() {
    return file == null ? 0 : file.rows();
  }

  byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(shard);
      out.writeUTF(outcome.name());
      writeText(out, message);
      byte[] summary = file == null ? new byte[0] : file.toBytes();
      out.writeInt(summary.length);
      out.write(summary);
      out.writeInt(skipped.length);
      for (long sample : skipped) {
        out.writeLong(sample);
      }
      writeText(out, firstSkipped);
      out.writeLong(times.all());
      out.writeLong(times.waited());
      out.writeLong(times.batches());
      out.writeLong(times.batchNanos());
      out.writeLong(times.one());
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
      byte[] summary = in.readNBytes(in.readInt());
      long[] skipped = new long[in.readInt()];
      for (int i = 0; i < skipped.length; i++) {
        skipped[i] = in.readLong();
      }
      return new ShardResult(
          shard,
          outcome,
          message,
          summary.length == 0 ? null : FileSummary.fromBytes(summary),
          skipped,
          readText(in),
          new Times(in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong()));
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
