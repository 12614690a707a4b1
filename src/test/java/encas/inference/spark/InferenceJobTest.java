package encas.inference.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.config.PrecomputeSpec;
import encas.config.PrecomputeSpec.Devices;
import encas.config.PrecomputeSpec.OnFault;
import encas.dataset.Dataset;
import encas.dataset.image.Preprocessing;
import encas.failure.InvalidInputException;
import encas.failure.RunFailedException;
import encas.inference.InferencePlan;
import encas.inference.InferenceProgress;
import encas.inference.InferenceReport;
import encas.inference.InferenceReport.ModelResult;
import encas.inference.InferenceReport.Outcome;
import encas.inference.PixelKey;
import encas.inference.PixelWindow;
import encas.outputs.Coverage;
import encas.outputs.Fingerprint;
import encas.outputs.Manifest;
import encas.outputs.OutputRow;
import encas.outputs.SplitOutputs;
import encas.outputs.hadoop.OutputTable;
import encas.outputs.hadoop.OutputTable.Expected;
import encas.pool.Classifier;
import encas.pool.ClassifierLoader;
import encas.pool.DeviceMemoryException;
import encas.pool.ModelCard;
import encas.pool.ModelCard.InputShape;
import encas.pool.ModelPool;
import encas.pool.djl.TinyOnnx;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class InferenceJobTest {
  private static final InputShape INPUT = new InputShape(1, 3, 3);
  private static final int CLASSES = 4;
  private static final int ROWS = 100;
  private static final String SPLIT = "search";
  private static final PrecomputeSpec SPEC =
      new PrecomputeSpec(
          Devices.AUTO,
          OptionalInt.of(16),
          OptionalInt.of(32),
          OnFault.SKIP,
          OnFault.STOP,
          Duration.ofMinutes(1));

  private static final CountDownLatch NEVER = new CountDownLatch(1);

  /** Of the test that runs; a device travels to its task and cannot bring one. */
  private static final AtomicReference<CountDownLatch> BEGUN = new AtomicReference<>();

  private static SparkSession spark;

  private final MadePictures pictures = new MadePictures(ROWS, INPUT, CLASSES);

  /** Of all tests: tasks of a job that was ended may write for a moment still. */
  @TempDir static Path root;

  private Path folder;
  private OutputTable table;

  @BeforeAll
  static void startSpark() {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .appName("inference")
            // As in the field, and without a registrator: what travels is known to Kryo.
            .config("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
            .config("spark.kryo.registrationRequired", "true")
            .getOrCreate();
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  @BeforeEach
  void newTable() throws IOException {
    folder = Files.createTempDirectory(root, "test");
    Files.createDirectories(folder.resolve("models"));
    table =
        new OutputTable(
            folder.resolve("outputs").toUri(), new HadoopStore(new Configuration(false)));
    MadePictures.DECODED.set(0);
  }

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
    new InferenceJob(spark, other, SPEC).run(pool, splits(pictures), InferenceProgress.NONE);
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
  void a_bad_model_is_quarantined_and_named_while_the_others_finish() throws IOException {
    ModelCard gone = write(tiny(2), "gone");
    Files.delete(Path.of(gone.uri()));
    ModelPool pool =
        pool(
            write(tiny(1), "a"),
            gone,
            write(tiny(3).withWeight(Float.NaN), "nan"),
            write(TinyOnnx.random(INPUT, 7, 1), "seven"),
            write(tiny(4), "z"));
    InferenceReport report = run(SPEC, pool, pictures);
    assertEquals(
        List.of("gone", "nan", "seven"),
        report.of(Outcome.FAILED).stream().map(ModelResult::model).toList());
    assertTrue(report.results().get(1).reason().startsWith("no such file"));
    assertTrue(report.results().get(2).reason().startsWith("gives NaN for class 0"));
    assertTrue(report.results().get(3).reason().startsWith("gives 7 classes"));
    assertEquals(Coverage.State.QUARANTINED, state(pool.models().get(2)));
    assertEquals(Coverage.State.PRESENT, state(pool.models().get(4)));
  }

  @Test
  void a_quarantined_model_is_tried_again_and_freed_when_it_succeeds() throws IOException {
    ModelCard card = write(tiny(2), "a");
    byte[] bytes = Files.readAllBytes(Path.of(card.uri()));
    Files.delete(Path.of(card.uri()));
    run(SPEC, pool(card), pictures);
    assertEquals(Coverage.State.QUARANTINED, state(card));
    Files.write(Path.of(card.uri()), bytes);
    assertEquals(1, run(SPEC, pool(card), pictures).of(Outcome.COMPUTED).size());
    assertEquals(Coverage.State.PRESENT, state(card));
  }

  @Test
  void on_model_failure_stop_ends_the_run_with_the_models_fault() throws IOException {
    ModelPool pool = pool(write(tiny(1), "a"), write(tiny(1).withBatch(1), "fixed"));
    InvalidInputException e =
        assertThrows(
            InvalidInputException.class,
            () -> run(spec(OnFault.STOP, OnFault.STOP, 60_000), pool, pictures));
    assertTrue(e.getMessage().startsWith("model fixed: its batch axis is fixed"), e.getMessage());
  }

  @Test
  void probabilities_that_are_logits_are_a_fault() throws IOException {
    ModelCard card = write(tiny(1), "a");
    ModelCard wrong =
        new ModelCard(
            "a",
            card.uri(),
            card.sha256(),
            card.engine(),
            card.input(),
            card.preprocess(),
            ModelCard.OutputKind.PROBABILITIES,
            card.costs());
    String reason = run(SPEC, pool(wrong), pictures).results().get(0).reason();
    assertTrue(reason.contains("not 1; if they are logits"), reason);
  }

  @Test
  void a_preprocessing_that_does_not_give_the_models_input_is_a_fault() throws IOException {
    ModelCard card = write(TinyOnnx.random(new InputShape(1, 5, 5), CLASSES, 1), "a");
    String reason = run(SPEC, pool(card), pictures).results().get(0).reason();
    assertTrue(reason.contains("but the model's input is 5 x 5"), reason);
  }

  @Test
  @Timeout(180)
  void a_model_that_takes_too_long_is_left_out_and_the_next_one_runs() throws IOException {
    long limit = plentyForASoundModel();
    ModelPool pool = pool(write(tiny(1), "a"), write(tiny(2), "slow"));
    ClassifierLoaders loaders =
        card ->
            card.id().equals("slow")
                ? stub(CLASSES, size -> await(NEVER))
                : ClassifierLoaders.standard(spark, table.store()).of(card);
    InferenceReport report =
        new InferenceJob(spark, table, spec(OnFault.SKIP, OnFault.STOP, limit), loaders)
            .run(pool, splits(pictures), InferenceProgress.NONE);
    assertEquals(Outcome.COMPUTED, report.results().get(0).outcome());
    assertEquals(
        "timed out after " + limit / 1000 + "s; give it longer by precompute.model-timeout",
        report.results().get(1).reason());
  }

  @Test
  @Timeout(180)
  void models_that_never_return_leave_their_cores_to_the_others() throws IOException {
    long limit = plentyForASoundModel();
    List<ModelCard> cards = new ArrayList<>();
    for (String id : List.of("hung-1", "hung-2", "sound")) {
      cards.add(write(tiny(1), id));
    }
    ClassifierLoaders loaders =
        card ->
            card.id().startsWith("hung")
                ? stub(CLASSES, size -> awaitAsNativeCodeDoes(NEVER))
                : ClassifierLoaders.standard(spark, table.store()).of(card);
    InferenceReport report =
        assertTimeoutPreemptively(
            Duration.ofMillis(5 * limit),
            () ->
                new InferenceJob(spark, table, spec(OnFault.SKIP, OnFault.STOP, limit), loaders)
                    .run(
                        new ModelPool("test", CLASSES, null, cards),
                        splits(pictures),
                        InferenceProgress.NONE));
    assertEquals(2, report.of(Outcome.FAILED).size());
    assertEquals(Outcome.COMPUTED, report.results().get(2).outcome());
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
                new InferenceJob(spark, table, SPEC, card -> stub(CLASSES, hangs))
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
    assertEquals(0, spark.sparkContext().getPersistentRDDs().size());
  }

  /**
   * Milliseconds, whole seconds of them: a multiple of what a sound model needs on this machine,
   * busy as it is, once engine and Parquet are loaded.
   */
  private long plentyForASoundModel() throws IOException {
    run(SPEC, pool(write(tiny(3), "warm")), pictures);
    long start = System.nanoTime();
    run(SPEC, pool(write(tiny(4), "warmer")), pictures);
    long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
    return Duration.ofSeconds(Math.min(30, 4 + 10 * seconds)).toMillis();
  }

  @Test
  void loads_that_were_killed_with_their_process_quarantine_no_sound_model() throws IOException {
    ModelPool pool = pool(write(tiny(1), "a"));
    LoadAttempts attempts = attemptsAtA(pool);
    for (int run = 0; run < 3; run++) {
      new LoadAttempts(attempts.folder(), attempts.key(), "" + run).begin(table.store(), 0, 1);
    }
    assertEquals(1, run(SPEC, pool, pictures).of(Outcome.COMPUTED).size());
    assertEquals(List.of(), table.store().list(attempts.folder()));
  }

  @Test
  void a_model_that_was_found_to_crash_is_not_loaded_until_its_attempts_are_deleted()
      throws IOException {
    ModelPool pool = pool(write(tiny(1), "a"), write(tiny(2), "b"));
    attemptsAtA(pool).condemn(table.store(), "2 loads of it have not ended");
    InferenceReport report = run(SPEC, pool, pictures);
    String reason = report.results().get(0).reason();
    assertTrue(reason.startsWith("2 loads of it have not ended: it crashes its process"), reason);
    assertEquals(Outcome.COMPUTED, report.results().get(1).outcome());
    table.store().delete(attemptsAtA(pool).folder());
    assertEquals(1, run(SPEC, pool, pictures).of(Outcome.COMPUTED).size());
  }

  private LoadAttempts attemptsAtA(ModelPool pool) {
    return LoadAttempts.of(
        table.layout().attempts(SPLIT, "a"),
        Fingerprint.of(pool.models().get(0), pictures.sha256()),
        "encas-inference-000000000001");
  }

  @Test
  void a_model_whose_loading_did_not_end_once_comes_last() throws IOException {
    ModelPool pool = pool(write(tiny(1), "a"), write(tiny(2), "b"));
    attemptsAtA(pool).begin(table.store(), 0, 1);
    InferencePlan plan = new InferenceJob(spark, table, SPEC).plan(pool, splits(pictures));
    assertEquals(List.of("b", "a"), plan.work().stream().map(work -> work.card().id()).toList());
    assertEquals(2, plan.groups().size());
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
        new InferenceJob(spark, table, SPEC, card -> loader)
            .run(pool, splits(pictures), recordTo(states));
    assertEquals(4, report.results().get(0).batchSize());
    assertEquals(4, manifest("a").batchSize());
    assertEquals(ROWS, states.get(states.size() - 1).samples());
    assertEquals(1, states.get(states.size() - 1).models());
  }

  @Test
  void out_of_memory_at_one_sample_is_the_models_fault() throws IOException {
    ClassifierLoader loader =
        stub(
            CLASSES,
            size -> {
              throw new DeviceMemoryException("a", null);
            });
    InferenceReport report =
        new InferenceJob(spark, table, SPEC, card -> loader)
            .run(pool(write(tiny(1), "a")), splits(pictures), InferenceProgress.NONE);
    assertEquals("out of memory even in batches of one sample", report.results().get(0).reason());
  }

  @Test
  void a_picture_that_cannot_be_decoded_stops_the_run() throws IOException {
    ModelPool pool = pool(write(tiny(1), "a"));
    InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> run(SPEC, pool, pictures.withBad(40L)));
    assertEquals(
        "split search, row 40: picture-40.png is no picture; mend it, or set"
            + " precompute.on-bad-image: skip",
        e.getMessage());
  }

  @Test
  void models_with_the_same_geometry_decode_each_picture_once_and_give_the_same_rows()
      throws IOException {
    ModelCard plain = write(tiny(1), "a");
    ModelCard scaled = scaled(write(tiny(2), "b"), 0.3, 0.2);
    ModelCard alone = write(TinyOnnx.random(new InputShape(1, 2, 2), CLASSES, 3), "c");
    ModelCard cropped = resized(alone, 2);
    run(SPEC, pool(plain, scaled, cropped), pictures);
    assertEquals(2 * ROWS, MadePictures.DECODED.get());
    OutputTable other = new OutputTable(folder.resolve("one-by-one").toUri(), table.store());
    for (ModelCard card : List.of(plain, scaled, cropped)) {
      new InferenceJob(spark, other, SPEC)
          .run(pool(card), splits(pictures), InferenceProgress.NONE);
      assertEquals(
          other.manifest(SPLIT, card.id()).orElseThrow().rowsSha256(),
          manifest(card.id()).rowsSha256(),
          card.id());
    }
    assertEquals(0, spark.sparkContext().getPersistentRDDs().size());
  }

  @Test
  void a_run_that_is_taken_up_again_decodes_only_the_chunks_that_a_model_still_needs()
      throws IOException {
    ModelPool pool = pool(write(tiny(1), "a"), write(tiny(2), "b"));
    run(SPEC, pool, pictures);
    String before = manifest("b").rowsSha256();
    // What a killed run leaves: shards under their first names, no manifest.
    for (String id : List.of("a", "b")) {
      Manifest manifest = manifest(id);
      Path target = Path.of(table.layout().model(SPLIT, id));
      Files.delete(target.resolve(manifest.files().get(1)));
      Files.delete(target.resolve("_manifest.json"));
    }
    MadePictures.DECODED.set(0);
    assertEquals(2, run(SPEC, pool, pictures).of(Outcome.COMPUTED).size());
    assertEquals(32, MadePictures.DECODED.get());
    assertEquals(before, manifest("b").rowsSha256());
  }

  @Test
  void an_error_before_pixels_are_made_reaches_the_models_that_wait_for_them() throws IOException {
    InferencePlan.Work work =
        new InferencePlan.Work(SPLIT, write(tiny(1), "a"), ROWS, 16, 32, "missing", null);
    AtomicBoolean gone = new AtomicBoolean();
    List<InferencePlan.Work> unreadable =
        new AbstractList<>() {
          @Override
          public InferencePlan.Work get(int index) {
            if (gone.get()) {
              throw new NoClassDefFoundError("encas/Gone");
            }
            return work;
          }

          @Override
          public int size() {
            return 2;
          }
        };
    InferencePlan.Group group =
        new InferencePlan.Group(SPLIT, new PixelKey(null, INPUT), ROWS, 32, unreadable);
    GroupPixels pixels =
        new GroupPixels(
            JavaSparkContext.fromSparkContext(spark.sparkContext()), group, null, null, null);
    gone.set(true);
    new PixelStep(pixels, new PixelRoom(new PixelWindow(0)), 0, null, SPEC, "tag").run();
    RunFailedException e = assertThrows(RunFailedException.class, () -> pixels.tasks(null, null));
    assertTrue(e.getMessage().contains("encas/Gone"), e.getMessage());
  }

  @Test
  void skipped_pictures_are_left_out_of_every_model_and_named() throws IOException {
    PrecomputeSpec skip = spec(OnFault.SKIP, OnFault.SKIP, 60_000);
    MadePictures bad = pictures.withBad(0L, 31L, 32L, 99L);
    ModelPool pool = pool(write(tiny(1), "a"), write(tiny(2), "b"));
    assertThrows(RunFailedException.class, () -> run(skip, pool, bad.lostFrom(64)));
    InferenceReport report = run(skip, pool, bad);
    for (ModelResult result : report.results()) {
      assertArrayEquals(new long[] {0, 31, 32, 99}, result.skippedImages());
      assertEquals(ROWS - 4, result.rows());
    }
    assertEquals(ROWS - 4, table.load(SPLIT, List.of("a", "b"), CLASSES).samples());
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
    new InferenceJob(spark, table, SPEC).run(pool, splits(pictures), recordTo(states));
    InferenceProgress.State last = states.get(states.size() - 1);
    assertEquals(2, last.models());
    assertEquals(2, last.modelsTotal());
    assertEquals(2 * ROWS, last.samples());
    assertEquals(2 * ROWS, last.samplesTotal());
    assertEquals(Duration.ZERO, last.remaining());
  }

  private static InferenceProgress recordTo(List<InferenceProgress.State> states) {
    return new InferenceProgress() {
      @Override
      public void waiting(int executors, int expected) {}

      @Override
      public void planned(Plan plan) {}

      @Override
      public void advanced(State state) {
        states.add(state);
      }

      @Override
      public void ended(ModelResult result) {}
    };
  }

  private static TinyOnnx tiny(long seed) {
    return TinyOnnx.random(INPUT, CLASSES, seed);
  }

  private ModelCard write(TinyOnnx model, String id) throws IOException {
    return model.write(folder.resolve("models"), id);
  }

  private static ModelCard scaled(ModelCard card, double mean, double std) {
    return with(card, new Preprocessing(null, null, null, null, List.of(mean), List.of(std)));
  }

  private static ModelCard resized(ModelCard card, int side) {
    return with(card, new Preprocessing(List.of(side), List.of(side), null, null, null, null));
  }

  private static ModelCard with(ModelCard card, Preprocessing preprocess) {
    return new ModelCard(
        card.id(),
        card.uri(),
        card.sha256(),
        card.engine(),
        card.input(),
        preprocess,
        card.output(),
        card.costs());
  }

  private static ModelPool pool(ModelCard... cards) {
    return new ModelPool("test", CLASSES, null, List.of(cards));
  }

  private static Map<String, Dataset> splits(Dataset pictures) {
    return Map.of(SPLIT, pictures);
  }

  private InferenceReport run(PrecomputeSpec spec, ModelPool pool, Dataset data) {
    return new InferenceJob(spark, table, spec).run(pool, splits(data), InferenceProgress.NONE);
  }

  private Manifest manifest(String model) {
    return table.manifest(SPLIT, model).orElseThrow();
  }

  private Coverage.State state(ModelCard card) {
    return table.state(card, SPLIT, new Expected(pictures.sha256(), ROWS)).state();
  }

  private static PrecomputeSpec spec(OnFault model, OnFault image, long timeoutMillis) {
    return new PrecomputeSpec(
        Devices.CPU,
        SPEC.batchSize(),
        SPEC.shardSize(),
        model,
        image,
        Duration.ofMillis(timeoutMillis));
  }

  /** What happens on a device when it is given so many samples. */
  private interface Device extends java.io.Serializable {
    void run(int size);
  }

  private static ClassifierLoader stub(int classes, Device device) {
    return (card, poolClasses, store, placement) ->
        new Classifier() {
          @Override
          public float[] classify(float[] batch, int size) {
            device.run(size);
            return new float[size * classes];
          }

          @Override
          public int classes() {
            return classes;
          }

          @Override
          public void close() {}
        };
  }

  /** Deaf to interrupts. */
  private static void awaitAsNativeCodeDoes(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        continue;
      }
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
