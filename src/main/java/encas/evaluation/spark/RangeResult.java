package encas.evaluation.spark;

import encas.evaluation.tiered.StoredFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * What a task made of its range. The user's mistakes are values, not exceptions: Spark would try an
 * exception's task three times more. Travels as bytes, which any serializer knows.
 *
 * @param fault why nothing was made, or null
 * @param samples of the range
 */
record RangeResult(
    int range, String fault, int samples, StoredFile lists, StoredFile tiers, StoredFile dense) {

  static RangeResult not(int range, String fault) {
    return new RangeResult(range, fault, 0, null, null, null);
  }

  byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(range);
      out.writeUTF(fault == null ? "" : fault);
      if (fault == null) {
        out.writeInt(samples);
        write(out, lists);
        write(out, tiers);
        write(out, dense);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static RangeResult fromBytes(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int range = in.readInt();
      String fault = in.readUTF();
      return fault.isEmpty()
          ? new RangeResult(range, null, in.readInt(), read(in), read(in), read(in))
          : not(range, fault);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(DataOutputStream out, StoredFile file) throws IOException {
    out.writeUTF(file.name());
    out.writeLong(file.bytes());
    out.writeLong(file.crc32c());
  }

  private static StoredFile read(DataInputStream in) throws IOException {
    return new StoredFile(in.readUTF(), in.readLong(), in.readLong());
  }
}
