package encas.outputs.hadoop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.failure.InvalidInputException;
import encas.outputs.FileSummary;
import encas.outputs.Manifest;
import encas.outputs.OutputRow;
import encas.outputs.Parts;
import encas.outputs.TableLayout;
import encas.pool.ModelCard;
import encas.storage.hadoop.HadoopStore;
import encas.storage.hadoop.S3Faults;
import encas.storage.hadoop.S3Server;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The table over s3a, against a server of S3 in this JVM. */
@Timeout(60)
final class ObjectStoreTest {
  private static final ModelCard CARD = Tables.card("007", "aa");
  private static final List<OutputRow> ROWS = Tables.rows(0, 8, 1);

  private static S3Server server;
  private static OutputTable table;

  @BeforeAll
  static void start(@TempDir Path buffers) throws Exception {
    server = new S3Server("AK", "SK", S3Faults.none());
    Configuration configuration = new Configuration();
    server.settings().forEach(configuration::set);
    configuration.set("fs.s3a.buffer.dir", buffers.toString());
    table =
        new OutputTable(
            URI.create("s3a://" + S3Server.BUCKET + "/outputs"),
            new HadoopStore(configuration),
            Tables.CLOCK);
  }

  @AfterAll
  static void stop() throws Exception {
    FileSystem.closeAll(); // clients are cached by URI, and this server ends here
    server.close();
  }

  @Test
  void the_stores_tag_of_a_file_follows_its_bytes() throws IOException {
    URI file = URI.create("s3a://" + S3Server.BUCKET + "/tags/1.png");
    assertEquals(tag(file, 1), tag(file, 1));
    assertNotEquals(tag(file, 1), tag(file, 2));
    assertNotEquals("", tag(file, 1));
  }

  private static String tag(URI file, int content) throws IOException {
    table.store().publish(file, out -> out.write(content));
    return table.store().list(file.resolve(".")).get(0).tag();
  }

  @Test
  void killedBetweenTwoMovesTheNextCallFinishesAndOldRowsAreReadUntilThen() throws IOException {
    Tables.publish(table, CARD, ROWS);
    ModelCard changed = Tables.card("007", "bb");
    List<OutputRow> newRows = Tables.rows(0, 8, 2);
    Parts parts = Tables.parts(table, changed);
    List<FileSummary> shards = Tables.writeShards(table, parts, newRows);
    new Publisher(table.layout(), table.store(), Clock.systemUTC(), TableGuard.NONE).move(parts, 2);
    assertEquals(ROWS.get(5).probabilities()[1], load()[5 * Tables.CLASSES + 1]);
    assertEquals(3, table.finished(parts).cardinality());

    Manifest manifest = table.publish(parts, shards, Tables.publication(changed, 8));
    assertEquals(newRows.get(5).probabilities()[1], load()[5 * Tables.CLASSES + 1]);
    assertEquals(4, table.store().list(table.layout().model("search", "007")).size());

    Map<String, ExpectedData> data = Map.of("search", new ExpectedData(Tables.DATA, 8));
    assertTrue(new CoverageCheck(table).of(Tables.pool(changed), data).complete());
    assertEquals(List.of(), new Pruner(table).prune(Tables.pool(changed), data));
    assertEquals(1, new Pruner(table).prune(Tables.pool(CARD), data).size());
    assertTrue(table.manifest("search", "007").isEmpty());
    InvalidInputException e = assertThrows(InvalidInputException.class, this::load);
    assertTrue(e.getMessage().startsWith("no outputs of model 007"), e.getMessage());
    assertEquals(8, manifest.rows());
  }

  @Test
  void theLockTellsTheSecondWhoTheFirstIsAndGoesWhenItIsReleased() throws IOException {
    TableLayout layout = new TableLayout(URI.create("s3a://" + S3Server.BUCKET + "/locked"));
    try (TableLock first = take(layout)) {
      first.check();
      InvalidInputException e = assertThrows(InvalidInputException.class, () -> take(layout));
      assertTrue(e.getMessage().contains("process " + ProcessHandle.current().pid()));
    }
    take(layout).close();
    assertEquals(List.of(), table.store().list(layout.root()));
  }

  private static TableLock take(TableLayout layout) throws IOException {
    return TableLock.take(
        layout, table.store(), null, TableLock.LEASE, Clock.systemUTC(), () -> {});
  }

  private short[] load() {
    return table.load("search", List.of("007"), Tables.CLASSES).rows(0);
  }
}
