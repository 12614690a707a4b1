package encas.outputs.hadoop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.outputs.Manifest;
import encas.outputs.OutputRow;
import encas.outputs.RowBytes;
import encas.outputs.RowsDigest;
import encas.outputs.Sha256;
import encas.outputs.SplitOutputs;
import encas.pool.ModelCard;
import encas.storage.Locations;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tables that earlier versions wrote, committed: every later version must read them, or say in a
 * release note why it cannot. Their rows are those of {@link Tables#rows}, so a change of softmax,
 * rounding, row fingerprint or schema shows here.
 */
final class SavedTableTest {
  private static final List<String> IDS = List.of("007", "cnn");

  @ParameterizedTest
  @ValueSource(ints = {1, Manifest.SCHEMA})
  void theTableOfEveryVersionIsReadRowByRowAndPresent(int version)
      throws IOException, URISyntaxException {
    Path saved =
        Path.of(SavedTableTest.class.getResource("/encas/outputs/saved-table-" + version).toURI());
    OutputTable table = Tables.in(saved);
    SplitOutputs outputs = table.load("search", IDS, Tables.CLASSES);
    for (int m = 0; m < IDS.size(); m++) {
      List<OutputRow> rows = Tables.rows(0, 8, m);
      RowsDigest digest = new RowsDigest();
      for (OutputRow row : rows) {
        digest.add(row);
        for (int c = 0; c < Tables.CLASSES; c++) {
          assertEquals(row.probabilities()[c], outputs.half(m, (int) row.sample(), c));
        }
      }
      Manifest manifest = table.manifest("search", IDS.get(m)).orElseThrow();
      assertEquals(version, manifest.schema());
      assertEquals(digest.accuracy(), manifest.accuracy());
      assertEquals(version == 1 ? ofVersion1(rows) : digest.sha256(), manifest.rowsSha256());
      assertEquals(
          rows.subList(0, 3),
          OutputFileTest.read(
              Locations.child(
                  table.layout().model("search", IDS.get(m)), manifest.files().get(0))));
    }
    ModelCard[] cards = {Tables.card("007", "aa0"), Tables.card("cnn", "aa1")};
    assertTrue(
        new CoverageCheck(table)
            .of(Tables.pool(cards), Map.of("search", new ExpectedData(Tables.DATA, 8)))
            .complete());
  }

  /** One SHA-256 over all rows. */
  private static String ofVersion1(List<OutputRow> rows) {
    MessageDigest digest = Sha256.newDigest();
    RowBytes bytes = new RowBytes();
    rows.forEach(row -> bytes.update(digest, row));
    return Sha256.hex(digest);
  }

  /** Wrote the table; the argument is the folder. */
  public static void main(String[] args) throws IOException {
    for (int m = 0; m < IDS.size(); m++) {
      Tables.publish(
          Tables.in(Path.of(args[0]).toAbsolutePath()),
          Tables.card(IDS.get(m), "aa" + m),
          Tables.rows(0, 8, m));
    }
  }
}
