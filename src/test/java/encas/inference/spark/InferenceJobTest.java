package encas.inference.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.config.PrecomputeSpec;
import encas.config.PrecomputeSpec.Devices;
import encas.config.PrecomputeSpec.OnFault;
import encas.failure.InvalidInputException;
import encas.failure.RunFailedException;
import encas.inference.InferenceProgress;
import encas.inference.InferenceReport;
import encas.inference.InferenceReport.ModelResult;
import encas.inference.InferenceReport.Outcome;
import encas.outputs.OutputRow;
import encas.outputs.SplitOutputs;
import encas.outputs.hadoop.OutputTable;
import encas.pool.ClassifierLoader;
import encas.pool.DeviceMemoryException;
import encas.pool.ModelPool;
import encas.pool.djl.TinyOnnx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InferenceJobTest extends InferenceJobFixture {
  @Test
  void every_model_is_published_with_the_softmax_of_its_logits() throws IOException {
    TinyOnnx a = tiny(1);
    ModelPool pool = pool(write(a, "a"), write(tiny(2), "b"));
    InferenceReport report = run(SPEC, pool, pictures);
    assertEquals(2, report.of(Outcome.COMPUTED).size());
    SplitOutputs outputs = table.load(SPLIT, List.of("a", "b"), CLASSES);
    assertEquals(ROWS, outputs.samples());
    int right = 0;
    for (int row = 0; row < ROWS; row++) {
      double[] logits = a.answer(pictures.input(row));
      float[] floats = new float[CLASSES];
      IntStream.range(0, CLASSES).forEach(c -> floats[c] = (float) logits[c]);
      OutputRow expected = OutputRow.ofLogits(row, pictures.label(row), floats);
      assertArrayEquals(
          expected.probabilities(),
          Arrays.copyOfRange(outputs.rows(0), row * CLASSES, (row + 1) * CLASSES),
          "row " + row);
      right += expected.top1() == pictures.label(row) ? 1 : 0;
    }
    assertEquals(100.0 * right / ROWS, report.results().get(0).accuracy(), 1e-9);
    assertEquals("cpu", report.results().get(0).device());
    assertEquals(16, report.results().get(0).batchSize());
  }

  @Test
  void a_second_run_does_nothing() throws IOException {
    ModelPool pool = pool(write(tiny(1), "a"), write(tiny(2), "b"));
    assertFalse(run(SPEC, pool, pictures).didNothing());
    MadePictures.DECODED.set(0);
    InferenceReport second = run(SPEC, pool, pictures);
    assertTrue(second.didNothing());
    assertEquals(0, MadePictures.DECODED.get());
    assertEquals(ROWS, second.results().get(1).rows());
  }

  @Test
  void a_run_that_was_broken_off_goes_on_with_the_shards_it_had_not_stored() throws IOException {
    ModelPool pool = pool(write(tiny(1), "a"));
    RunFailedException e =
        assertThrows(RunFailedException.class, () -> run(SPEC, pool, pictures.lostFrom(96)));
    assertEquals(
        "the Spark job of model a failed: the disk is gone; run again to go on", e.getMessage());
    long before = MadePictures.DECODED.get();
    assertTrue(before >= 32, before + " samples decoded");
    MadePictures.DECODED.set(0);
    run(SPEC, pool, pictures);
    assertTrue(MadePictures.DECODED.get() < ROWS, MadePictures.DECODED + " decoded again");
    assertEquals(ROWS, manifest("a").rows());

    OutputTable other = new OutputTable(folder.resolve("whole").toUri(), table.store());
    new InferenceJob(SPARK.session(), other, SPEC)
        .run(pool, splits(pictures), InferenceProgress.NONE);
    assertEquals(other.manifest(SPLIT, "a").orElseThrow().rowsSha256(), manifest("a").rowsSha256());
    assertEquals(List.of(), table.store().list(table.layout().parts(SPLIT, "a")));
  }

  @Test
  void a_shard_that_an_earlier_run_left_damaged_is_computed_anew() throws IOException {
    ModelPool pool = pool(write(tiny(1), "a"));
    assertThrows(RunFailedException.class, () -> run(SPEC, pool, pictures.lostFrom(96)));
    Path left;
    try (Stream<Path> files = Files.walk(Path.of(table.layout().parts(SPLIT, "a")))) {
      left = files.filter(file -> file.endsWith("part-00000.parquet")).findFirst().orElseThrow();
    }
    byte[] whole = Files.readAllBytes(left);
    Files.write(left, Arrays.copyOf(whole, whole.length / 2));
    run(SPEC, pool, pictures);
    assertEquals(ROWS, manifest("a").rows());
    table.load(SPLIT, List.of("a"), CLASSES);
  }

  @Test
  void a_model_whose_file_changed_is_computed_again_and_only_that() throws IOException {
    run(SPEC, pool(write(tiny(1), "a"), write(tiny(2), "b")), pictures);
    String before = manifest("a").rowsSha256();
    InferenceReport second = run(SPEC, pool(write(tiny(3), "a"), write(tiny(2), "b")), pictures);
    assertEquals(
        List.of("a"), second.of(Outcome.COMPUTED).stream().map(ModelResult::model).toList());
    assertFalse(before.equals(manifest("a").rowsSha256()));
  }

  @Test
  void a_run_that_is_interrupted_frees_what_it_kept_and_leaves_the_thread_interrupted()
      throws Exception {
    ModelPool pool = pool(write(tiny(1), "a"), write(tiny(2), "b")); // share their pixels
    CountDownLatch begun = new CountDownLatch(1);
    BEGUN.set(begun);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    AtomicBoolean interrupted = new AtomicBoolean();
    Device hangs =
        size -> {
          BEGUN.get().countDown();
          await(NEVER);
        };
    Thread runs =
        new Thread(
            () -> {
              try {
                new InferenceJob(SPARK.session(), table, SPEC, card -> stub(CLASSES, hangs))
                    .run(pool, splits(pictures), InferenceProgress.NONE);
              } catch (Throwable e) {
                failure.set(e);
              }
              interrupted.set(Thread.currentThread().isInterrupted());
            });
    runs.start();
    begun.await();
    runs.interrupt();
    runs.join();
    assertEquals("inference was interrupted; run again to go on", failure.get().getMessage());
    assertTrue(interrupted.get());
    assertEquals(0, SPARK.session().sparkContext().getPersistentRDDs().size());
  }

  @Test
  void out_of_memory_halves_the_batch_until_it_fits() throws IOException {
    ClassifierLoader loader =
        (card, classes, store, placement) -> {
          if (placement.batchSize() > 4) {
            throw new DeviceMemoryException(card.id(), null);
          }
          return stub(classes, size -> {}).load(card, classes, store, placement);
        };
    ModelPool pool = pool(write(tiny(1), "a"));
    List<InferenceProgress.State> states = new ArrayList<>();
    InferenceReport report =
        new InferenceJob(SPARK.session(), table, SPEC, card -> loader)
            .run(pool, splits(pictures), recordTo(states));
    assertEquals(4, report.results().get(0).batchSize());
    assertEquals(4, manifest("a").batchSize());
    assertEquals(ROWS, states.get(states.size() - 1).samples());
    assertEquals(1, states.get(states.size() - 1).models());
  }

  @Test
  void gpus_that_spark_does_not_give_are_the_users_mistake() throws IOException {
    PrecomputeSpec gpu =
        new PrecomputeSpec(
            Devices.GPU,
            SPEC.batchSize(),
            SPEC.shardSize(),
            OnFault.SKIP,
            OnFault.STOP,
            SPEC.modelTimeout());
    ModelPool pool = pool(write(tiny(1), "a"));
    InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> run(gpu, pool, pictures));
    assertTrue(e.getMessage().startsWith("devices: gpu, but"), e.getMessage());
  }

  @Test
  void progress_ends_with_all_models_and_samples() throws IOException {
    ModelPool pool = pool(write(tiny(1), "a"), write(tiny(2), "b"));
    List<InferenceProgress.State> states = new ArrayList<>();
    new InferenceJob(SPARK.session(), table, SPEC).run(pool, splits(pictures), recordTo(states));
    InferenceProgress.State last = states.get(states.size() - 1);
    assertEquals(2, last.models());
    assertEquals(2, last.modelsTotal());
    assertEquals(2 * ROWS, last.samples());
    assertEquals(2 * ROWS, last.samplesTotal());
    assertEquals(Duration.ZERO, last.remaining());
  }
}
