package encas.front;

import encas.failure.InvalidInputException;
import encas.storage.Locations;
import encas.storage.Store;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * {@code history.csv}: how the front grew, a row an epoch. Numbers only, so nothing needs quoting.
 */
public record RunHistory(List<Row> rows) {
  /** Name of the file in a results folder. */
  public static final String FILE = "history.csv";

  private static final String HEADER = "epoch,evaluations,hypervolume,front-size,seconds";

  /** What an epoch left; {@code seconds} since the search began. */
  public record Row(
      int epoch, long evaluations, double hypervolume, int frontSize, double seconds) {}

  /** The text of the file. */
  public String toCsv() {
    StringBuilder csv = new StringBuilder(HEADER).append('\n');
    for (Row row : rows) {
      csv.append(
          String.format(
              Locale.ROOT,
              "%d,%d,%s,%d,%.3f\n",
              row.epoch(),
              row.evaluations(),
              row.hypervolume(),
              row.frontSize(),
              row.seconds()));
    }
    return csv.toString();
  }

  /** Reads the history of a results folder; empty if it has none. */
  public static RunHistory read(Store store, URI results) {
    URI file = Locations.child(results, FILE);
    try {
      if (!store.exists(file)) {
        return new RunHistory(List.of());
      }
      List<String> lines = new String(store.read(file), StandardCharsets.UTF_8).lines().toList();
      if (lines.isEmpty() || !lines.get(0).equals(HEADER)) {
        throw new InvalidInputException(file + ": its head is not " + HEADER + "; search again");
      }
      List<Row> rows = new ArrayList<>();
      for (String line : lines.subList(1, lines.size())) {
        String[] cells = line.split(",", -1);
        if (cells.length != 5) {
          throw new InvalidInputException(
              file
                  + ": row "
                  + (rows.size() + 1)
                  + " has "
                  + cells.length
                  + " cells; search again");
        }
        rows.add(
            new Row(
                Integer.parseInt(cells[0]),
                Long.parseLong(cells[1]),
                Double.parseDouble(cells[2]),
                Integer.parseInt(cells[3]),
                Double.parseDouble(cells[4])));
      }
      return new RunHistory(rows);
    } catch (IOException e) {
      throw InvalidInputException.unreadable("the history", file, e);
    } catch (NumberFormatException e) {
      throw new InvalidInputException(file + ": not a history; search again", e);
    }
  }
}
