package encas.evaluation.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.cascade.Cascade;
import encas.cascade.CascadeEncoding;
import encas.evaluation.CascadeEvaluator;
import encas.evaluation.CascadeScore;
import encas.evaluation.RandomOutputs;
import encas.evaluation.ReferenceEvaluator;
import encas.evaluation.ScaledSplit;
import encas.evaluation.hadoop.CompactOutputs;
import encas.evaluation.tiered.TableIndex;
import encas.outputs.Manifest;
import encas.outputs.SplitOutputs;
import encas.outputs.hadoop.OutputTable;
import encas.storage.hadoop.HadoopStore;
import encas.synthetic.SyntheticPool;
import encas.synthetic.WritePool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** On executors of their own, one of which is killed at work. */
class LostExecutorTest {
  private static final int MODELS = 10;
  private static final int SAMPLES = 3_000;
  private static final int CLASSES = 200;

  @TempDir private Path folder;

  @Test
  @Timeout(180)
  void an_executor_that_dies_delays_the_compact_table_and_slices_and_changes_neither()
      throws Exception {
    WritePool.main(
        new String[] {
          "--models",
          "" + MODELS,
          "--samples",
          "" + SAMPLES,
          "--classes",
          "" + CLASSES,
          "--seed",
          "3",
          "--out",
          folder.toString(),
          "--table"
        });
    SplitOutputs outputs = SyntheticPool.of(MODELS, SAMPLES, CLASSES, 3).outputs();
    var table =
        new OutputTable(folder.resolve("outputs").toUri(), new HadoopStore(new Configuration()));
    Files.createDirectories(Path.of(System.getenv("SPARK_HOME"), "jars"));
    SparkConf conf =
        new SparkConf()
            .setMaster("local-cluster[2,1,1024]")
            .setAppName("lost executor")
            .set("spark.executor.memory", "512m")
            .set("spark.default.parallelism", "60")
            .set("spark.executor.extraClassPath", System.getProperty("java.class.path"));
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      List<Manifest> manifests =
          outputs.models().stream().map(id -> table.manifest("search", id).orElseThrow()).toList();
      AtomicReference<Long> killed = new AtomicReference<>();
      TableIndex index =
          new EvaluationTableBuilder(spark, table)
              .update(
                  ScaledSplit.asStored("search"),
                  manifests,
                  (done, of) -> {
                    if (done > 0 && done < of && killed.get() == null) {
                      killed.set(killExecutor());
                    }
                  });
      assertTrue(killed.get() != null, "no executor was killed: the work was over too soon");
      assertEquals(SAMPLES, index.samples());
      var compact =
          new CompactOutputs(
              table,
              ScaledSplit.asStored("search"),
              manifests.stream().map(m -> new TableIndex.Model(m.model(), m.rowsSha256())).toList(),
              1 << 20);
      assertAgrees(outputs, compact.evaluator());
      try (var sliced = new SlicedEvaluator(spark, compact, 8)) {
        assertAgrees(outputs, sliced);
        killExecutor();
        assertAgrees(outputs, sliced);
      }
    }
  }

  /** Ends one of the executors, the only JVMs that this JVM has started; its id. */
  private static long killExecutor() {
    Optional<ProcessHandle> executor =
        ProcessHandle.current()
            .descendants()
            .filter(p -> p.info().command().orElse("").endsWith("java"))
            .findFirst();
    executor.orElseThrow().destroyForcibly();
    return executor.get().pid();
  }

  private static void assertAgrees(SplitOutputs outputs, CascadeEvaluator tested) {
    var random = new SplittableRandom(8);
    var encoding = new CascadeEncoding(MODELS, 4, CascadeEncoding.Mode.CASCADE);
    List<Cascade> cascades = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      cascades.add(RandomOutputs.cascade(random, encoding));
    }
    List<CascadeScore> expected = new ReferenceEvaluator(outputs).evaluate(cascades);
    List<CascadeScore> actual = tested.evaluate(cascades);
    for (int i = 0; i < cascades.size(); i++) {
      assertEquals(expected.get(i).wrong(), actual.get(i).wrong(), cascades.get(i).toString());
      assertArrayEquals(expected.get(i).reach(), actual.get(i).reach());
    }
  }
}
