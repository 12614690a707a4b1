package encas.outputs.hadoop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.failure.InvalidInputException;
import encas.outputs.OutputRow;
import encas.outputs.SplitOutputs;
import encas.pool.ModelCard;
import encas.storage.Half;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OutputLoaderTest {
  private static final int ROWS = 7;

  @TempDir private Path folder;
  private OutputTable table;

  @BeforeEach
  void table() throws IOException {
    table = Tables.in(folder);
    publish("a", Tables.rows(0, ROWS, 1));
    publish("b", Tables.rows(0, ROWS, 2));
  }

  @Test
  void modelsComeInTheOrderAskedForWithTheirRows() throws IOException {
    List<String> ids = new ArrayList<>(List.of("a", "b"));
    for (int m = 3; m < 12; m++) {
      ids.add("m" + m);
      publish("m" + m, Tables.rows(0, ROWS, m));
    }
    Collections.reverse(ids);
    SplitOutputs outputs = table.load("search", ids, Tables.CLASSES);
    assertEquals(ids, outputs.models());
    for (int m = 0; m < ids.size(); m++) {
      long seed =
          ids.get(m).equals("a")
              ? 1
              : ids.get(m).equals("b") ? 2 : Long.parseLong(ids.get(m).substring(1));
      short[] expected = new short[ROWS * Tables.CLASSES];
      for (OutputRow row : Tables.rows(0, ROWS, seed)) {
        System.arraycopy(
            row.probabilities(), 0, expected, (int) row.sample() * Tables.CLASSES, Tables.CLASSES);
      }
      assertArrayEquals(expected, outputs.rows(m), ids.get(m));
    }
    assertEquals(6 % Tables.CLASSES, outputs.label(6));
  }

  @Test
  void aModelWithoutOutputsIsNamed() {
    assertRefused("no outputs of model zz on split search", "zz");
    assertThrows(
        InvalidInputException.class, () -> table.load("test", List.of("a"), Tables.CLASSES));
  }

  @Test
  void outputsOfAnotherPoolAreRefused() {
    InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> table.load("search", List.of("a"), 10));
    assertTrue(e.getMessage().contains("have 5 classes, the pool has 10"), e.getMessage());
  }

  @Test
  void modelsMustAgreeInSamplesAndLabels() throws IOException {
    publish("short", Tables.rows(0, ROWS - 1, 3));
    assertRefused("model short has outputs for 6 samples, model a for 7", "a", "short");
    List<OutputRow> relabelled = new ArrayList<>(Tables.rows(0, ROWS, 4));
    OutputRow row = relabelled.get(4);
    relabelled.set(4, OutputRow.ofHalves(4, 0, row.probabilities(), row.margin()));
    publish("other", relabelled);
    assertRefused("row 4 of model other is sample 4 with label 0, of model a", "a", "b", "other");
  }

  @Test
  void halvesThatAreNoProbabilitiesAreRefusedWithModelSampleAndValue() throws IOException {
    for (short bad : new short[] {0x7E00, (short) 0xB800, Half.ONE + 1, (short) 0x8000}) {
      List<OutputRow> rows = new ArrayList<>(Tables.rows(0, ROWS, 1));
      OutputRow good = rows.get(3);
      short[] halves = good.probabilities().clone();
      halves[2] = bad;
      rows.set(
          3, new OutputRow(3, good.label(), halves, good.top1(), good.confidence(), good.margin()));
      String file = table.manifest("search", "b").orElseThrow().files().get(1);
      OutputFile.write(
          table.store(),
          folder.resolve("split=search/model=b/" + file).toUri(),
          rows.subList(3, 6).iterator());
      assertRefused(
          "outputs of model b: sample 3: stored probability of class 2 is " + Half.toFloat(bad),
          "a",
          "b");
    }
  }

  @Test
  void aFileMissingOrCutOffOrSwappedIsRefusedInOneLine() throws IOException {
    List<String> files = table.manifest("search", "b").orElseThrow().files();
    Path model = folder.resolve("split=search/model=b");
    byte[] second = Files.readAllBytes(model.resolve(files.get(1)));
    Files.write(model.resolve(files.get(1)), Arrays.copyOf(second, second.length / 2));
    assertRefused("is damaged", "a", "b");
    Files.copy(
        model.resolve(files.get(0)),
        model.resolve(files.get(1)),
        StandardCopyOption.REPLACE_EXISTING);
    assertRefused("sample 0 after sample 2", "a", "b");
    Files.delete(model.resolve(files.get(1)));
    assertRefused("is missing, though its manifest names it", "b");
  }

  private void publish(String id, List<OutputRow> rows) throws IOException {
    ModelCard card = Tables.card(id, "aa");
    Tables.publish(table, card, rows);
  }

  private void assertRefused(String message, String... ids) {
    InvalidInputException e =
        assertThrows(
            InvalidInputException.class, () -> table.load("search", List.of(ids), Tables.CLASSES));
    assertTrue(e.getMessage().contains(message), e.getMessage());
    assertEquals(1, e.getMessage().lines().count(), e.getMessage());
  }
}
