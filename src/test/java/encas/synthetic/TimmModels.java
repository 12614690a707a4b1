package encas.synthetic;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Accuracies and costs of real models, from {@code timm-pool.csv} beside this class. */
final class TimmModels {
  private static final double LEAST = 56;
  private static final double MOST = 83;

  private TimmModels() {}

  /**
   * One published model.
   *
   * @param accuracy top-1 on ImageNetV2, percent
   * @param mflops multiply-adds for one sample, in millions
   */
  record Row(String id, double accuracy, double mflops) {}

  /**
   * Models of 56 to 83 %, evenly over the cost's ranks, cheapest first; if more are asked for than
   * there are, some come several times with a number behind their id.
   */
  static List<Row> sample(int models) {
    List<Row> all = read();
    List<Row> sample = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (int m = 0; m < models; m++) {
      Row row = all.get((int) ((2L * m + 1) * all.size() / (2L * models)));
      String id = row.id();
      for (int copy = 2; !taken.add(id.toLowerCase(Locale.ROOT)); copy++) {
        id = row.id() + "-copy" + copy;
      }
      sample.add(new Row(id, row.accuracy(), row.mflops()));
    }
    return sample;
  }

  private static List<Row> read() {
    List<Row> rows = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                TimmModels.class.getResourceAsStream("timm-pool.csv"), StandardCharsets.UTF_8))) {
      lines.readLine(); // the header
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] fields = line.split(",", -1);
        double accuracy = Double.parseDouble(fields[2]);
        if (accuracy >= LEAST && accuracy <= MOST) {
          double mflops = Math.rint(Double.parseDouble(fields[3]) * 1e6) / 1e3;
          rows.add(new Row(fields[0] + "-" + fields[1], accuracy, mflops));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    rows.sort(Comparator.comparingDouble(Row::mflops).thenComparing(Row::id));
    return rows;
  }
}
