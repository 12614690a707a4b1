package encas.evaluation.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import encas.LocalSpark;
import encas.cascade.CascadeEncoding;
import encas.evaluation.CascadeEvaluator;
import encas.evaluation.RandomOutputs;
import encas.evaluation.ReferenceEvaluator;
import encas.evaluation.ScaledSplit;
import encas.evaluation.hadoop.CompactOutputs;
import encas.evaluation.tiered.TableIndex;
import encas.outputs.FileSummary;
import encas.outputs.Fingerprint;
import encas.outputs.Manifest;
import encas.outputs.OutputRow;
import encas.outputs.Parts;
import encas.outputs.Publication;
import encas.outputs.SplitOutputs;
import encas.outputs.hadoop.OutputFile;
import encas.outputs.hadoop.OutputTable;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What tests of stored evaluation share: Spark, and four published models of random outputs. */
abstract class PublishedFixture {
  static final long SEED = 4_711L;
  static final int CLASSES = 90;
  static final int SAMPLES = 301;
  static final ScaledSplit SEARCH = ScaledSplit.asStored("search");

  @RegisterExtension static final LocalSpark SPARK = new LocalSpark("local[2]");

  @TempDir Path folder;
  final SplitOutputs outputs = RandomOutputs.table(new SplittableRandom(SEED), 6, SAMPLES, CLASSES);
  OutputTable table;

  @BeforeEach
  void publishFour() throws IOException {
    table = new OutputTable(folder.toUri(), new HadoopStore(new Configuration()));
    for (int model = 0; model < 4; model++) {
      publish(model, outputs, 100);
    }
  }

  /** Shards of so many rows; samples have gaps, as where images were left out. */
  void publish(int model, SplitOutputs from, int shardRows) throws IOException {
    publish("search", model, from, shardRows);
  }

  void publish(String split, int model, SplitOutputs from, int shardRows) throws IOException {
    String id = from.models().get(model);
    Fingerprint fingerprint = new Fingerprint("m" + shardRows, null, "labels");
    Parts parts = table.parts(split, id, fingerprint, "test");
    List<FileSummary> shards = new ArrayList<>();
    for (int first = 0; first < from.samples(); first += shardRows) {
      List<OutputRow> rows = new ArrayList<>();
      for (int n = first; n < Math.min(from.samples(), first + shardRows); n++) {
        short[] halves = Arrays.copyOfRange(from.rows(model), n * CLASSES, n * CLASSES + CLASSES);
        rows.add(OutputRow.ofHalves(3L * n, from.label(n), halves));
      }
      shards.add(OutputFile.write(table.store(), parts.file(shards.size()), rows.iterator()));
    }
    table.publish(
        parts,
        shards,
        new Publication(
            fingerprint,
            "imported",
            null,
            null,
            null,
            CLASSES,
            3L * from.samples(),
            LongStream.range(0, 3L * from.samples()).filter(n -> n % 3 != 0).toArray()));
  }

  TableIndex update(int... models) throws IOException {
    List<Manifest> manifests =
        Arrays.stream(models)
            .mapToObj(m -> table.manifest("search", outputs.models().get(m)).orElseThrow())
            .toList();
    return new EvaluationTableBuilder(SPARK.context(), table)
        .update(SEARCH, manifests, (done, of) -> {});
  }

  CompactOutputs compact(int models, long stateBytes) {
    List<TableIndex.Model> wanted = new ArrayList<>();
    for (int m = 0; m < models; m++) {
      Manifest manifest = table.manifest("search", outputs.models().get(m)).orElseThrow();
      wanted.add(new TableIndex.Model(manifest.model(), manifest.rowsSha256()));
    }
    return new CompactOutputs(table, SEARCH, wanted, stateBytes);
  }

  List<Manifest> manifests(int models) {
    return IntStream.range(0, models)
        .mapToObj(m -> table.manifest("search", outputs.models().get(m)).orElseThrow())
        .toList();
  }

  void assertAgrees(SplitOutputs expected, CascadeEvaluator actual) {
    assertAgrees(new ReferenceEvaluator(expected), actual);
  }

  void assertAgrees(ReferenceEvaluator reference, CascadeEvaluator actual) {
    var random = new SplittableRandom(SEED);
    var encoding = new CascadeEncoding(actual.models(), 5, CascadeEncoding.Mode.CASCADE);
    for (int i = 0; i < 300; i++) {
      var cascade = RandomOutputs.cascade(random, encoding);
      var score = reference.evaluate(cascade);
      String where = "seed " + SEED + ", " + cascade;
      assertEquals(score.wrong(), actual.evaluate(cascade).wrong(), where);
      assertArrayEquals(score.reach(), actual.evaluate(cascade).reach(), where);
    }
  }
}
