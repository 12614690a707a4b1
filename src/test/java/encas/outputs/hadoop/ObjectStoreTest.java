package encas.outputs.hadoop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.failure.InvalidInputException;
import encas.outputs.Manifest;
import encas.outputs.OutputRow;
import encas.outputs.Parts;
import encas.outputs.hadoop.OutputTable.Expected;
import encas.pool.ModelCard;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStoreContext;
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

  private static BlobStoreContext blobs;
  private static S3Proxy server;
  private static OutputTable table;

  @BeforeAll
  static void start(@TempDir Path buffers) throws Exception {
    blobs =
        ContextBuilder.newBuilder("transient")
            .credentials("AK", "SK")
            .overrides(new Properties())
            .build(BlobStoreContext.class);
    server =
        S3Proxy.builder()
            .blobStore(blobs.getBlobStore())
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, "AK", "SK")
            .build();
    server.start();
    while (!server.getState().equals("STARTED")) {
      Thread.onSpinWait();
    }
    blobs.getBlobStore().createContainerInLocation(null, "bucket");
    Configuration configuration = new Configuration();
    configuration.set("fs.s3a.endpoint", "http://127.0.0.1:" + server.getPort());
    configuration.set("fs.s3a.endpoint.region", "us-east-1");
    configuration.set("fs.s3a.path.style.access", "true");
    configuration.set("fs.s3a.connection.ssl.enabled", "false");
    configuration.set("fs.s3a.access.key", "AK");
    configuration.set("fs.s3a.secret.key", "SK");
    configuration.set(
        "fs.s3a.aws.credentials.provider", "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider");
    configuration.set("fs.s3a.attempts.maximum", "2");
    configuration.set("fs.s3a.retry.limit", "2");
    configuration.set("fs.s3a.buffer.dir", buffers.toString());
    table =
        new OutputTable(
            URI.create("s3a://bucket/outputs"), new HadoopStore(configuration), Tables.CLOCK);
  }

  @AfterAll
  static void stop() throws Exception {
    FileSystem.closeAll(); // clients are cached by URI, and this server ends here
    server.stop();
    blobs.close();
  }

  @Test
  void killedBetweenTwoMovesTheNextCallFinishesAndOldRowsAreReadUntilThen() throws IOException {
    Tables.publish(table, CARD, ROWS);
    ModelCard changed = Tables.card("007", "bb");
    List<OutputRow> newRows = Tables.rows(0, 8, 2);
    Parts parts = Tables.parts(table, changed);
    Tables.writeShards(table, parts, newRows);
    new Publisher(table.layout(), table.store(), Clock.systemUTC()).move(parts, 2);
    assertEquals(ROWS.get(5).probabilities()[1], load()[5 * Tables.CLASSES + 1]);
    assertEquals(3, table.finished(parts).cardinality());

    Manifest manifest = table.publish(parts, 3, Tables.publication(changed, 8));
    assertEquals(newRows.get(5).probabilities()[1], load()[5 * Tables.CLASSES + 1]);
    assertEquals(4, table.store().list(table.layout().model("search", "007")).size());

    Map<String, Expected> data = Map.of("search", new Expected(Tables.DATA, 8));
    assertTrue(table.coverage(Tables.pool(changed), data).complete());
    assertEquals(List.of(), table.prune(Tables.pool(changed), data));
    assertEquals(1, table.prune(Tables.pool(CARD), data).size());
    assertTrue(table.manifest("search", "007").isEmpty());
    InvalidInputException e = assertThrows(InvalidInputException.class, this::load);
    assertTrue(e.getMessage().startsWith("no outputs of model 007"), e.getMessage());
    assertEquals(8, manifest.rows());
  }

  private short[] load() {
    return table.load("search", List.of("007"), Tables.CLASSES).rows(0);
  }
}
