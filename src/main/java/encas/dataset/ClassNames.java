package encas.dataset;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The classes' names in the order of their labels: those of the file {@code classes}, one a line,
 * or the names that the data has, sorted.
 */
public final class ClassNames {
  private static final int MOST_BYTES = 1 << 24;

  private final List<String> names;
  private final Map<String, Integer> labels = new HashMap<>();

  private ClassNames(List<String> names) {
    this.names = names;
    for (int i = 0; i < names.size(); i++) {
      labels.put(names.get(i), i);
    }
  }

  /**
   * The names for a split.
   *
   * @param found the names that the data has
   * @param where where they are
   */
  public static ClassNames of(Opening opening, Collection<String> found, URI where) {
    URI file = opening.spec().classes();
    if (file == null) {
      ClassNames names = new ClassNames(List.copyOf(new TreeSet<>(found)));
      opening.checkClasses(names.names.size(), where.toString());
      return names;
    }
    ClassNames names = read(opening, file);
    for (String name : new TreeSet<>(found)) {
      if (!names.labels.containsKey(name)) {
        throw opening.wrong(
            "class " + name + " of " + where + " is not in " + file,
            "add its line, or take it out of the data");
      }
    }
    return names;
  }

  private static ClassNames read(Opening opening, URI file) {
    List<String> lines = new ArrayList<>();
    try (ScannedFile in = new ScannedFile(opening, "classes", file)) {
      if (in.length() > MOST_BYTES) {
        throw in.wrong("is longer than " + MOST_BYTES + " bytes", "name a list of classes");
      }
      byte[] text = new byte[(int) in.length()];
      int count = in.read(text);
      if (in.read(new byte[1]) > 0) {
        throw in.wrong("is gzipped", "unpack it");
      }
      new String(text, 0, count, StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank())
          .forEach(line -> lines.add(line.strip()));
    }
    ClassNames names = new ClassNames(List.copyOf(lines));
    if (names.labels.size() < lines.size()) {
      throw opening.wrong("classes " + file + " names a class twice", "keep one line of it");
    }
    opening.checkClasses(lines.size(), file.toString());
    return names;
  }

  /** In the order of their labels. */
  public List<String> names() {
    return names;
  }

  public int label(String name) {
    return labels.get(name);
  }
}
