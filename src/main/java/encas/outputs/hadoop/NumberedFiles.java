package encas.outputs.hadoop;

import encas.failure.InvalidInputException;
import encas.storage.Store.Entry;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files {@code 0.npy.gz, 1.npy.gz, ... 10.npy} of a folder, in numeric order. */
final class NumberedFiles {
  private static final Pattern NAME = Pattern.compile("(\\d+)\\.npy(\\.gz)?");

  private NumberedFiles() {}

  /**
   * Files by their number, in ascending order; empty if there are none.
   *
   * @throws InvalidInputException if a number comes twice
   */
  static Map<BigInteger, URI> in(URI folder, HadoopStore store) {
    Map<BigInteger, URI> files = new TreeMap<>();
    try {
      for (Entry entry : store.list(folder)) {
        Matcher name = NAME.matcher(entry.name());
        if (entry.directory() || !name.matches()) {
          continue;
        }
        URI twin = files.put(new BigInteger(name.group(1)), entry.uri());
        if (twin != null) {
          throw new InvalidInputException(
              entry.uri() + " and " + twin + " have the same number; remove one");
        }
      }
    } catch (IOException e) {
      throw InvalidInputException.unreadable("folder", folder, e);
    }
    return files;
  }
}
