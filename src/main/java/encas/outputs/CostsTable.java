package encas.outputs;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import encas.failure.InvalidInputException;
import encas.pool.ModelId;
import encas.storage.Store;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A CSV of costs: header {@code id,mflops[,more]}, one row a model. */
final class CostsTable {
  private CostsTable() {}

  /**
   * Costs by id, both in the file's order.
   *
   * @throws InvalidInputException naming file, row and value
   */
  static Map<String, Map<String, Double>> read(Store store, URI file) {
    List<String[]> lines;
    try (InputStream in = store.open(file)) {
      lines = new CsvParser(settings()).parseAll(in, StandardCharsets.UTF_8);
    } catch (TextParsingException e) {
      throw new InvalidInputException(
          file + ": not a CSV: line " + e.getLineIndex() + " is too long or has too many columns",
          e);
    } catch (IOException e) {
      throw InvalidInputException.unreadable("costs", file, e);
    }
    if (lines.isEmpty()) {
      throw new InvalidInputException(file + ": is empty; its first line is  id,mflops");
    }
    String[] header = lines.get(0);
    checkHeader(header, file);
    Map<String, Map<String, Double>> table = new LinkedHashMap<>();
    Set<String> seen = new HashSet<>();
    for (int line = 1; line < lines.size(); line++) {
      String[] cells = lines.get(line);
      String where = file + ": row " + line + ": ";
      String id = cells[0] == null ? "" : cells[0];
      if (!ModelId.isValid(id)) {
        throw new InvalidInputException(where + "'" + id + "' is no id; take " + ModelId.RULE);
      }
      if (!seen.add(id.toLowerCase(Locale.ROOT))) {
        throw new InvalidInputException(
            where + "id " + id + " is there already (capitals do not count); rename one");
      }
      if (cells.length != header.length) {
        throw new InvalidInputException(
            where + cells.length + " cells under " + header.length + " columns");
      }
      Map<String, Double> costs = new LinkedHashMap<>();
      for (int column = 1; column < header.length; column++) {
        costs.put(header[column], cost(cells[column], where + header[column] + " of " + id));
      }
      table.put(id, costs);
    }
    return table;
  }

  private static CsvParserSettings settings() {
    CsvParserSettings settings = new CsvParserSettings();
    settings.setLineSeparatorDetectionEnabled(true);
    settings.getFormat().setComment('\0');
    settings.setMaxColumns(64);
    settings.setReadInputOnSeparateThread(false);
    return settings;
  }

  private static void checkHeader(String[] header, URI file) {
    Set<String> columns = new HashSet<>();
    for (String column : header) {
      if (column == null || column.equals("error") || !columns.add(column)) {
        throw new InvalidInputException(
            file
                + ": column '"
                + (column == null ? "" : column)
                + "' of its first line is empty, twice there or 'error'; it is  id,mflops[,more]");
      }
    }
    if (!header[0].equals("id") || header.length < 2) {
      throw new InvalidInputException(
          file + ": its first line is " + String.join(",", header) + ", not  id,mflops[,more]");
    }
  }

  private static double cost(String cell, String what) {
    try {
      double cost = cell == null ? Double.NaN : Double.parseDouble(cell);
      if (cost >= 0 && cost < Double.POSITIVE_INFINITY) {
        return cost;
      }
    } catch (NumberFormatException e) {
      // Said below together with what is negative or missing.
    }
    throw new InvalidInputException(
        what + " is '" + (cell == null ? "" : cell) + "', not a number of 0 or more");
  }
}
