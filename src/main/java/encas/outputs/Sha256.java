package encas.outputs;

import encas.storage.Store;
import encas.storage.Store.Entry;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;

/** SHA-256 fingerprints, lower-case hexadecimal. */
public final class Sha256 {
  private Sha256() {}

  static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /** Of a text's UTF-8 bytes. */
  public static String of(String text) {
    return HexFormat.of().formatHex(newDigest().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Of a model: of its file's bytes, or, for a folder, over its lines {@code path NUL sha256 LF} in
   * ascending order of the paths ('/' between names, relative to the folder).
   *
   * @throws FileNotFoundException if there is neither
   */
  public static String ofModel(URI model, Store store) throws IOException {
    Entry entry =
        store.find(model).orElseThrow(() -> new FileNotFoundException(model + ": no such file"));
    if (!entry.directory()) {
      return ofFile(model, store);
    }
    TreeMap<String, String> files = new TreeMap<>();
    collect(model, "", store, files);
    StringBuilder lines = new StringBuilder();
    files.forEach((path, sha256) -> lines.append(path).append('\0').append(sha256).append('\n'));
    return of(lines.toString());
  }

  private static void collect(URI folder, String prefix, Store store, TreeMap<String, String> files)
      throws IOException {
    for (Entry entry : store.list(folder)) {
      if (entry.directory()) {
        collect(entry.uri(), prefix + entry.name() + "/", store, files);
      } else {
        files.put(prefix + entry.name(), ofFile(entry.uri(), store));
      }
    }
  }

  private static String ofFile(URI file, Store store) throws IOException {
    MessageDigest digest = newDigest();
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = store.open(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
