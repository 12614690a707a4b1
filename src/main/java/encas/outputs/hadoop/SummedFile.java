package encas.outputs.hadoop;

import encas.failure.InvalidInputException;
import encas.outputs.Sha256;
import encas.storage.Store;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/**
 * A small file of a table: a header, a line feed, a body and the SHA-256 of all before it. What is
 * damaged counts as not there.
 *
 * @param what it is to people
 * @param header names kind and version
 */
record SummedFile(Store store, URI file, String what, String header) {
  private static final int SUM_BYTES = 32;

  void publish(byte[] body) throws IOException {
    byte[] start = start();
    MessageDigest sum = Sha256.newDigest();
    sum.update(start);
    sum.update(body);
    store.publish(
        file,
        out -> {
          out.write(start);
          out.write(body);
          out.write(sum.digest());
        });
  }

  /**
   * The body; empty if there is none that can be used.
   *
   * @throws InvalidInputException if it cannot be told, as the storage fails
   */
  Optional<byte[]> read() {
    byte[] start = start();
    try {
      byte[] bytes = store.read(file);
      int end = bytes.length - SUM_BYTES;
      if (end < start.length || !Arrays.equals(start, Arrays.copyOf(bytes, start.length))) {
        return Optional.empty();
      }
      MessageDigest sum = Sha256.newDigest();
      sum.update(bytes, 0, end);
      boolean sound = Arrays.equals(sum.digest(), Arrays.copyOfRange(bytes, end, bytes.length));
      return sound ? Optional.of(Arrays.copyOfRange(bytes, start.length, end)) : Optional.empty();
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw InvalidInputException.unreadable(what, file, e);
    }
  }

  private byte[] start() {
    return (header + "\n").getBytes(StandardCharsets.US_ASCII);
  }
}
