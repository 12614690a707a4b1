package encas.inference.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.config.PrecomputeSpec.OnFault;
import encas.failure.InvalidInputException;
import encas.inference.InferencePlan;
import encas.inference.InferenceProgress;
import encas.inference.InferenceReport;
import encas.inference.InferenceReport.ModelResult;
import encas.inference.InferenceReport.Outcome;
import encas.outputs.Coverage;
import encas.outputs.Fingerprint;
import encas.outputs.hadoop.CoverageCheck;
import encas.outputs.hadoop.ExpectedData;
import encas.pool.Cards;
import encas.pool.ClassifierLoader;
import encas.pool.DeviceMemoryException;
import encas.pool.ModelCard;
import encas.pool.ModelCard.InputShape;
import encas.pool.ModelCard.OutputKind;
import encas.pool.ModelPool;
import encas.pool.djl.TinyOnnx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Models that are at fault, take too long, crash or do not fit, beside others that are sound. */
@Timeout(60)
class ModelLeftOutTest extends InferenceJobFixture {
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
    ModelCard wrong = Cards.withOutput(write(tiny(1), "a"), OutputKind.PROBABILITIES);
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
                : ClassifierLoaders.standard(SPARK.session(), table.store()).of(card);
    InferenceReport report =
        new InferenceJob(SPARK.session(), table, spec(OnFault.SKIP, OnFault.STOP, limit), loaders)
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
                ? stub(CLASSES, size -> StubClassifier.awaitAsNativeCodeDoes(NEVER))
                : ClassifierLoaders.standard(SPARK.session(), table.store()).of(card);
    InferenceReport report =
        assertTimeoutPreemptively(
            Duration.ofMillis(5 * limit),
            () ->
                new InferenceJob(
                        SPARK.session(), table, spec(OnFault.SKIP, OnFault.STOP, limit), loaders)
                    .run(
                        new ModelPool("test", CLASSES, null, cards),
                        splits(pictures),
                        InferenceProgress.NONE));
    assertEquals(2, report.of(Outcome.FAILED).size());
    assertEquals(Outcome.COMPUTED, report.results().get(2).outcome());
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
    InferencePlan plan =
        new InferenceJob(SPARK.session(), table, SPEC).plan(pool, splits(pictures));
    assertEquals(List.of("b", "a"), plan.work().stream().map(work -> work.card().id()).toList());
    assertEquals(2, plan.groups().size());
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
        new InferenceJob(SPARK.session(), table, SPEC, card -> loader)
            .run(pool(write(tiny(1), "a")), splits(pictures), InferenceProgress.NONE);
    assertEquals("out of memory even in batches of one sample", report.results().get(0).reason());
  }

  private Coverage.State state(ModelCard card) {
    return new CoverageCheck(table)
        .of(card, SPLIT, new ExpectedData(pictures.sha256(), ROWS))
        .state();
  }
}
