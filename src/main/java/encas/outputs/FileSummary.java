package encas.outputs;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.LongStream;

/**
 * What a file of rows holds, told by whoever wrote or read all of them, so that publishing need not
 * read any.
 *
 * @param bytes length of the file
 * @param classes of every row; 0 if there is none
 * @param first sample of the first row; -1 if there is none
 * @param last sample of the last row; -1 if there is none
 * @param missing samples between them that have no row, ascending
 * @param digest of the rows; not to be added to
 */
public record FileSummary(
    long bytes, int classes, long first, long last, long[] missing, RowsDigest digest) {

  /** Number of rows. */
  public long rows() {
    return digest.rows();
  }

  /** Samples of {@code from <= sample < to} that have no row, if all rows are among these. */
  public LongStream missing(long from, long to) {
    return rows() == 0
        ? LongStream.range(from, to)
        : LongStream.concat(
            LongStream.concat(LongStream.range(from, first), LongStream.of(missing)),
            LongStream.range(last + 1, to));
  }

  /** As bytes, which every serializer knows. */
  public byte[] toBytes() {
    ByteArrayOutputStream buffer = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(buffer)) {
      out.writeLong(bytes);
      out.writeInt(classes);
      out.writeLong(first);
      out.writeLong(last);
      out.writeInt(missing.length);
      for (long sample : missing) {
        out.writeLong(sample);
      }
      digest.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return buffer.toByteArray();
  }

  /** What {@link #toBytes} has written. */
  public static FileSummary fromBytes(byte[] written) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(written))) {
      long bytes = in.readLong();
      int classes = in.readInt();
      long first = in.readLong();
      long last = in.readLong();
      long[] missing = new long[in.readInt()];
      for (int i = 0; i < missing.length; i++) {
        missing[i] = in.readLong();
      }
      return new FileSummary(bytes, classes, first, last, missing, RowsDigest.read(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes a file's rows one by one. */
  public static final class Builder {
    private final RowsDigest digest = new RowsDigest();
    private final LongStream.Builder missing = LongStream.builder();
    private final long from;
    private final long to;
    private int classes;
    private long first = -1;
    private long last = -1;

    /** Of rows whose samples are {@code from <= sample < to}. */
    public Builder(long from, long to) {
      this.from = from;
      this.to = to;
    }

    /**
     * Adds the next row.
     *
     * @throws IllegalArgumentException if its sample is outside the range, or it cannot follow the
     *     one before: its sample does not ascend, or its classes differ
     */
    public void add(OutputRow row) {
      if (row.sample() < from || row.sample() >= to) {
        throw new IllegalArgumentException(
            "sample " + row.sample() + " is not of " + from + " <= sample < " + to);
      }
      if (first < 0) {
        first = row.sample();
        classes = row.classes();
      } else if (row.sample() <= last || row.classes() != classes) {
        throw new IllegalArgumentException(
            "row " + row + " cannot follow sample " + last + " of " + classes + " classes");
      } else {
        LongStream.range(last + 1, row.sample()).forEach(missing);
      }
      last = row.sample();
      digest.add(row);
    }

    /** Fingerprint of the rows so far. */
    public String rowsSha256() {
      return digest.sha256();
    }

    /**
     * @param bytes length of the file
     */
    public FileSummary build(long bytes) {
      return new FileSummary(bytes, classes, first, last, missing.build().toArray(), digest);
    }
  }
}
