package encas.dataset.hadoop;

import encas.dataset.ClassNames;
import encas.dataset.Opening;
import encas.dataset.hadoop.PictureColumns.Field;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.example.data.Group;

/**
 * Labels of pictures in Parquet, the first that is there: {@code label} an integer; {@code label} a
 * string, a class's name; {@code path}, {@code image.origin} or {@code image.path}, whose last
 * folder is the class's name. Names are numbered by the file {@code classes}, or sorted: over all
 * rows, whichever part of them makes the split.
 */
final class PictureLabels {
  private final Opening opening;
  private final List<Integer> numbers = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private final Map<String, String> distinct = new HashMap<>();

  PictureLabels(Opening opening) {
    this.opening = opening;
  }

  /**
   * Takes the label of the next row.
   *
   * @param wanted whether the row is part of the split
   * @param inFile number of the row in its file
   */
  void add(Group row, PictureColumns columns, boolean wanted, URI file, long inFile) {
    List<String> path = columns.label() ? List.of("label") : columns.name();
    Field field = PictureColumns.field(row, path);
    if (field == null) {
      throw opening.wrong(
          "row " + inFile + " of " + file + " has no " + String.join(".", path),
          "write the label, or take the row out");
    }
    if (columns.label()) {
      if (wanted) {
        numbers.add(opening.label(field.integer(), inFile, file));
      }
      return;
    }
    String text = path.get(0).equals("label") ? field.text() : folder(field.text(), file, inFile);
    String name = distinct.computeIfAbsent(text, first -> first);
    if (wanted) {
      names.add(name);
    }
  }

  private String folder(String path, URI file, long row) {
    String[] parts = path.split("/", -1);
    if (parts.length < 2 || parts[parts.length - 2].isEmpty()) {
      throw opening.wrong(
          "row " + row + " of " + file + " has path " + path + ", in no class's folder",
          "write a column label (int)");
    }
    return parts[parts.length - 2];
  }

  /** The split's labels, when all rows have been taken. */
  int[] numbers() {
    if (distinct.isEmpty()) {
      return numbers.stream().mapToInt(Integer::intValue).toArray();
    }
    ClassNames classes = ClassNames.of(opening, distinct.keySet(), opening.spec().path());
    return names.stream().mapToInt(classes::label).toArray();
  }
}
