package encas.dataset;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Fingerprint of a data set's content: SHA-256 over what is added, in order. */
public final class ContentDigest {
  private final MessageDigest digest;

  public ContentDigest() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  public ContentDigest add(byte[] bytes, int offset, int length) {
    digest.update(bytes, offset, length);
    return this;
  }

  public ContentDigest add(long number) {
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, number));
    return this;
  }

  /** Length first, so that no two lists of texts look alike. */
  public ContentDigest add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return add(bytes.length).add(bytes, 0, bytes.length);
  }

  /** Lower-case hexadecimal; ends the digest. */
  public String hex() {
    return HexFormat.of().formatHex(bytes());
  }

  /** The 32 bytes; ends the digest. */
  byte[] bytes() {
    return digest.digest();
  }
}
