package encas.pool;

import encas.storage.Store;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The SHA-256 that a pool file gives of a model: of a file, over its bytes; of a folder, over its
 * sorted lines {@code path NUL sha256 LF}, paths relative to the folder with '/' between names.
 *
 * <p>Hadoop's own {@code .name.crc} files do not count: they come and go with the file system that
 * a folder is copied to.
 */
public final class ModelChecksum {
  private static final int MAX_DEPTH = 32;

  private ModelChecksum() {}

  /** Of a file or a folder. */
  public static String of(URI place, Store store) throws IOException {
    Store.Entry entry = store.find(place).orElseThrow(() -> noSuchFile(place));
    return entry.directory() ? ofFolder(place, store) : ofFile(place, store);
  }

  private static String ofFile(URI file, Store store) throws IOException {
    try (InputStream in = store.open(file)) {
      return ofStream(in, OutputStream.nullOutputStream());
    }
  }

  /** Of all that {@code in} still gives, which is copied to {@code copy}. */
  static String ofStream(InputStream in, OutputStream copy) throws IOException {
    MessageDigest digest = sha256();
    byte[] buffer = new byte[1 << 16];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      digest.update(buffer, 0, n);
      copy.write(buffer, 0, n);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static String ofFolder(URI folder, Store store) throws IOException {
    SortedMap<String, String> files = new TreeMap<>();
    collect(folder, "", store, files, 0);
    MessageDigest digest = sha256();
    files.forEach(
        (path, sha256) ->
            digest.update((path + '\0' + sha256 + '\n').getBytes(StandardCharsets.UTF_8)));
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void collect(
      URI folder, String prefix, Store store, SortedMap<String, String> files, int depth)
      throws IOException {
    if (depth > MAX_DEPTH) {
      throw new IOException("folders in folders, more than " + MAX_DEPTH + " deep");
    }
    for (Store.Entry entry : store.list(folder)) {
      String path = prefix + entry.name();
      if (entry.directory()) {
        collect(entry.uri(), path + "/", store, files, depth + 1);
      } else if (!(entry.name().startsWith(".") && entry.name().endsWith(".crc"))) {
        files.put(path, ofFile(entry.uri(), store));
      }
    }
  }

  private static FileNotFoundException noSuchFile(URI place) {
    return new FileNotFoundException(place.toString());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
