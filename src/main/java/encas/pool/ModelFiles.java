package encas.pool;

import encas.storage.Store;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Model files on this machine's disk, fetched once a JVM and checked against the pool's SHA-256. A
 * file that is local already is used where it lies.
 */
public final class ModelFiles {
  /** Checked files by checksum and place; emptied only with the JVM. */
  private static final Map<String, Path> CHECKED = new ConcurrentHashMap<>();

  private ModelFiles() {}

  /**
   * The model's file on this machine, its checksum found right.
   *
   * @throws ModelFaultException if there is no such file or its checksum is another
   */
  public static Path fetch(ModelCard card, Store store) {
    String key = card.sha256() + " " + card.uri();
    Path known = CHECKED.get(key);
    if (known != null && Files.isRegularFile(known)) {
      return known;
    }
    // Not computeIfAbsent: its lock would make other models wait for this download.
    synchronized (key.intern()) {
      known = CHECKED.get(key);
      if (known == null || !Files.isRegularFile(known)) {
        known = fetchAndCheck(card, store);
        CHECKED.put(key, known);
      }
      return known;
    }
  }

  private static Path fetchAndCheck(ModelCard card, Store store) {
    boolean local = "file".equals(card.uri().getScheme());
    try {
      Path path = local ? Path.of(card.uri()) : temporary(card);
      String sha256;
      try (InputStream in = local ? Files.newInputStream(path) : store.open(card.uri());
          OutputStream out =
              local ? OutputStream.nullOutputStream() : Files.newOutputStream(path)) {
        sha256 = ModelChecksum.ofStream(in, out);
      }
      checkSame(card, sha256);
      return path;
    } catch (FileNotFoundException | NoSuchFileException e) {
      throw new ModelFaultException(card.id(), "no such file: " + card.uri(), e);
    } catch (IOException e) {
      throw new ModelFaultException(
          card.id(), "cannot read " + card.uri() + ": " + firstLine(e), e);
    }
  }

  /** Holds a checksum that was taken to the pool file's. */
  public static void checkSame(ModelCard card, String sha256) {
    if (!sha256.equals(card.sha256())) {
      throw new ModelFaultException(
          card.id(),
          "checksum of "
              + card.uri()
              + " is "
              + sha256
              + ", the pool file says "
              + card.sha256()
              + "; fetch the file again or correct the pool file",
          null);
    }
  }

  private static Path temporary(ModelCard card) throws IOException {
    Path file = Files.createTempFile("encas-model-", suffix(card.uri()));
    file.toFile().deleteOnExit();
    return file;
  }

  /** Engines tell formats by the name's end. */
  private static String suffix(URI uri) {
    String path = uri.getPath();
    int dot = path.lastIndexOf('.');
    String suffix = dot > path.lastIndexOf('/') ? path.substring(dot) : "";
    return suffix.matches("\\.[A-Za-z0-9]{1,16}") ? suffix : ".model";
  }

  private static String firstLine(Throwable e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.getClass().getSimpleName());
  }
}
