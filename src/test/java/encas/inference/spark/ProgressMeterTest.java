package encas.inference.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import encas.dataset.ContentDigest;
import encas.dataset.SampleIndex;
import encas.inference.CostModel;
import encas.inference.EarlierRows;
import encas.inference.InferenceProgress;
import encas.inference.InferenceReport.ModelResult;
import encas.inference.Work;
import encas.inference.spark.ShardResult.Outcome;
import encas.inference.spark.ShardResult.Times;
import encas.outputs.Carry;
import encas.outputs.FileSummary;
import encas.outputs.OutputRow;
import encas.pool.Cards;
import encas.pool.ModelCard;
import encas.pool.ModelCard.InputShape;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProgressMeterTest {
  private static final ModelCard CARD = Cards.onnx("m", new InputShape(1, 2, 2), null, 3300);

  private final Work first = new Work("s", CARD, 1000, 10, 100, "missing", null);

  /** All but its first ten samples were there before. */
  private final Work carried = new Work("s", CARD, 1000, 10, 100, "stale", earlier(10));

  private final Work second = new Work("t", CARD, 1000, 10, 100, "missing", null);
  private long now;
  private InferenceProgress.State state;
  private final ProgressMeter meter = meter(List.of(first, second));

  private ProgressMeter meter(List<Work> work) {
    return new ProgressMeter(
        new InferenceProgress() {
          @Override
          public void advanced(State told) {
            state = told;
          }
        },
        CostModel.of(false),
        work,
        2,
        () -> 0,
        () -> now);
  }

  private static EarlierRows earlier(int fresh) {
    SampleIndex.Builder before = new SampleIndex.Builder();
    SampleIndex.Builder now = new SampleIndex.Builder();
    for (int sample = 0; sample < 1000; sample++) {
      before.add(new ContentDigest().add(sample));
      now.add(new ContentDigest().add(sample < fresh ? -1 - sample : sample));
    }
    Carry carry = Carry.of(now.build(), before.build());
    return new EarlierRows(carry, "da7a", "cpu", 10, null, null, null, true);
  }

  @Test
  void samples_whose_earlier_rows_are_given_up_are_counted_and_waited_for() {
    ProgressMeter one = meter(List.of(carried, second));
    ProgressMeter.OfModel model = one.of(carried);
    model.kept(0);
    assertEquals(1010, state.samplesTotal());
    model.dropped(carried.withoutEarlier());
    assertEquals(2000, state.samplesTotal());
    now = TimeUnit.SECONDS.toNanos(10);
    model.stored(stored(100));
    assertEquals(100, state.samples());
    assertEquals(10, state.imagesPerS(), 1e-9);
    assertEquals(190, state.remaining().toSeconds());
  }

  @Test
  void what_an_earlier_run_has_left_is_done_but_says_nothing_of_speed() {
    ProgressMeter.OfModel model = meter.of(first);
    model.kept(900);
    assertEquals(900, state.samples());
    assertEquals(0, state.imagesPerS());
    // 1,100 samples at what the card says a second, by two devices.
    double card = CostModel.of(false).secondsPerSample(CARD);
    assertEquals(1100 * card / 2, state.remaining().toMillis() / 1000.0, 0.01);
    now = TimeUnit.SECONDS.toNanos(10);
    model.stored(stored(100));
    assertEquals(1000, state.samples());
    assertEquals(10, state.imagesPerS(), 1e-9);
    assertEquals(100, state.remaining().toSeconds());
  }

  @Test
  void work_that_was_dropped_took_its_time_all_the_same() {
    ProgressMeter.OfModel model = meter.of(first);
    now = TimeUnit.SECONDS.toNanos(10);
    model.stored(stored(100));
    model.dropped(first);
    assertEquals(0, state.samples());
    assertEquals(10, state.imagesPerS(), 1e-9);
    assertEquals(200, state.remaining().toSeconds());
  }

  @Test
  void samples_of_a_model_that_is_left_out_are_not_waited_for() {
    ProgressMeter.OfModel model = meter.of(first);
    now = TimeUnit.SECONDS.toNanos(10);
    model.stored(stored(100));
    model.ended(ModelResult.failed("s", "m", "it fell"));
    assertEquals(1, state.models());
    assertEquals(100, state.remaining().toSeconds());
  }

  /** A shard, of {@code rows} samples. */
  private static ShardResult stored(int rows) {
    FileSummary.Builder file = new FileSummary.Builder(0, Long.MAX_VALUE);
    for (int row = 0; row < rows; row++) {
      file.add(OutputRow.ofProbabilities(row, 0, new float[] {1}));
    }
    Times times = new Times(1_000_000_000L, 0, 0, 0, 0);
    return new ShardResult(0, Outcome.STORED, null, file.build(1), new long[0], null, times);
  }
}
