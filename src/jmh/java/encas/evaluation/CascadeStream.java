package encas.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import encas.cascade.Cascade;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Cascades as JSON lines, models counted from 0: what the array programs read. */
final class CascadeStream {
  private CascadeStream() {}

  static void write(Path file, List<Cascade> cascades) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (Cascade cascade : cascades) {
        int[] models = Arrays.stream(cascade.models()).map(gene -> gene - 1).toArray();
        out.write(
            "{\"models\":"
                + Arrays.toString(models)
                + ",\"thresholds\":"
                + Arrays.toString(cascade.thresholds())
                + "}\n");
      }
    }
  }

  static List<Cascade> read(Path file) throws IOException {
    ObjectMapper json = new ObjectMapper();
    List<Cascade> cascades = new ArrayList<>();
    try (Stream<String> lines = Files.lines(file)) {
      for (String line : (Iterable<String>) lines::iterator) {
        JsonNode node = json.readTree(line);
        int[] models = json.convertValue(node.get("models"), int[].class);
        Arrays.setAll(models, i -> models[i] + 1);
        cascades.add(new Cascade(models, json.convertValue(node.get("thresholds"), int[].class)));
      }
    }
    return cascades;
  }
}
