package encas.outputs.hadoop;

import encas.dataset.image.Preprocessing;
import encas.outputs.FileSummary;
import encas.outputs.Fingerprint;
import encas.outputs.OutputRow;
import encas.outputs.Parts;
import encas.outputs.Publication;
import encas.pool.ModelCard;
import encas.pool.ModelCard.Engine;
import encas.pool.ModelCard.InputShape;
import encas.pool.ModelCard.OutputKind;
import encas.pool.ModelPool;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;

/** Small tables of random outputs. */
public final class Tables {
  public static final HadoopStore STORE = new HadoopStore(new Configuration());
  static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
  static final int CLASSES = 5;
  static final String DATA = "da7a";

  private Tables() {}

  public static OutputTable in(Path folder) {
    return new OutputTable(folder.toUri(), STORE, CLOCK);
  }

  static ModelCard card(String id, String sha256) {
    return new ModelCard(
        id,
        URI.create("file:///models/" + id),
        sha256,
        Engine.ONNXRUNTIME,
        new InputShape(1, 28, 28),
        new Preprocessing(List.of(28), null, null, null, List.of(0.5), List.of(0.25)),
        OutputKind.LOGITS,
        Map.of("mflops", 1.0));
  }

  static ModelPool pool(ModelCard... cards) {
    return new ModelPool("test", CLASSES, null, List.of(cards));
  }

  /** Rows from .. to-1 of a model; labels depend on the sample only. */
  static List<OutputRow> rows(int from, int to, long seed) {
    List<OutputRow> rows = new ArrayList<>();
    for (int sample = from; sample < to; sample++) {
      Random random = new Random(seed * 1_000_003 + sample);
      float[] logits = new float[CLASSES];
      for (int c = 0; c < CLASSES; c++) {
        logits[c] = (float) random.nextGaussian() * 3;
      }
      rows.add(OutputRow.ofLogits(sample, sample % CLASSES, logits));
    }
    return rows;
  }

  /** Writes shards of three rows each. */
  static List<FileSummary> writeShards(OutputTable table, Parts parts, List<OutputRow> rows)
      throws IOException {
    List<FileSummary> shards = new ArrayList<>();
    for (int from = 0; from < rows.size(); from += 3) {
      List<OutputRow> shard = rows.subList(from, Math.min(from + 3, rows.size()));
      shards.add(OutputFile.write(table.store(), parts.file(shards.size()), shard.iterator()));
    }
    return shards;
  }

  static Parts parts(OutputTable table, ModelCard card) {
    return table.parts("search", card.id(), Fingerprint.of(card, DATA), "shard 3");
  }

  /**
   * @param skipped samples left out, ascending
   */
  static Publication publication(ModelCard card, long rows, long... skipped) {
    return new Publication(
        Fingerprint.of(card, DATA), "onnxruntime", "cpu", 64, 100.0, CLASSES, rows, skipped);
  }

  static void publish(OutputTable table, ModelCard card, List<OutputRow> rows) throws IOException {
    Parts parts = parts(table, card);
    List<FileSummary> shards = writeShards(table, parts, rows);
    table.publish(parts, shards, publication(card, rows.size()));
  }
}
