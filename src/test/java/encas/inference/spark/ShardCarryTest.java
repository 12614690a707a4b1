package encas.inference.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.dataset.ContentDigest;
import encas.dataset.SampleIndex;
import encas.inference.EarlierRows;
import encas.inference.Work;
import encas.inference.spark.ShardTask.Split;
import encas.outputs.Carry;
import encas.outputs.FileSummary;
import encas.outputs.Fingerprint;
import encas.outputs.OutputRow;
import encas.outputs.Parts;
import encas.outputs.Publication;
import encas.outputs.hadoop.OutputFile;
import encas.outputs.hadoop.OutputTable;
import encas.pool.ModelCard;
import encas.pool.ModelCard.InputShape;
import encas.pool.djl.TinyOnnx;
import encas.storage.hadoop.FlakyDisk;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardCarryTest {
  private static final InputShape INPUT = new InputShape(1, 3, 3);
  private static final int CLASSES = 4;
  private static final int ROWS = 20;

  private final HadoopStore store = FlakyDisk.store();
  private final Split split = new Split(new MadePictures(ROWS, INPUT, CLASSES), store);

  @TempDir private Path folder;
  private ShardCarry carry;

  @BeforeEach
  void publish() throws IOException {
    ModelCard card = TinyOnnx.random(INPUT, CLASSES, 1).write(folder, "a");
    OutputTable table = new OutputTable(folder.resolve("outputs").toUri(), store);
    Fingerprint before = Fingerprint.of(card, "bef0");
    Parts parts = table.parts("search", "a", before, "whole");
    List<OutputRow> rows =
        IntStream.range(0, ROWS)
            .mapToObj(n -> OutputRow.ofLogits(n, 0, new float[] {n, 1, 2, 3}))
            .toList();
    FileSummary file = OutputFile.write(store, parts.file(0), rows.iterator());
    table.publish(
        parts,
        List.of(file),
        new Publication(before, "onnxruntime", "cpu", 16, 1.0, CLASSES, ROWS));
    SampleIndex.Builder index = new SampleIndex.Builder();
    IntStream.range(0, ROWS).forEach(n -> index.add(new ContentDigest().add(n)));
    SampleIndex same = index.build();
    EarlierRows earlier =
        new EarlierRows(Carry.of(same, same), "bef0", "cpu", 16, null, null, null, true);
    carry =
        new ShardCarry(
            table.layout(), new Work("search", card, ROWS, 16, ROWS, "new samples", earlier));
  }

  @AfterEach
  void mend() {
    FlakyDisk.mend();
  }

  private int rows() {
    ShardCarry.Rows rows = carry.rows(0, split);
    int count = 0;
    while (rows.hasNext()) {
      assertEquals(count++, rows.next().sample());
    }
    return count;
  }

  @Test
  void a_store_that_fails_at_any_read_costs_no_rows() {
    int reads = 0;
    for (boolean whole = false; !whole; reads++) {
      FlakyDisk.failAfter(reads);
      try {
        assertEquals(ROWS, rows());
        whole = true;
      } catch (UncheckedIOException e) {
        assertTrue(e.getMessage().contains("Read timed out"), e.getMessage());
      }
    }
    assertTrue(reads > 5, reads + " reads");
  }

  @Test
  void a_file_that_is_gone_is_damage() throws IOException {
    Path model = Path.of(carry.layout().model("search", "a"));
    try (var files = Files.list(model)) {
      for (Path file : files.filter(name -> name.toString().endsWith(".parquet")).toList()) {
        Files.delete(file);
      }
    }
    assertThrows(EarlierRowsException.class, this::rows);
  }
}
