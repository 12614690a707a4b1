package encas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.config.PrecomputeSpec;
import encas.config.PrecomputeSpec.Devices;
import encas.config.PrecomputeSpec.OnFault;
import encas.dataset.ContentDigest;
import encas.dataset.Dataset;
import encas.dataset.Image;
import encas.dataset.Sample;
import encas.dataset.SampleIndex;
import encas.dataset.image.Preprocessing;
import encas.inference.Cluster;
import encas.inference.CostModel;
import encas.inference.EarlierRows;
import encas.inference.EarlierRuns;
import encas.inference.InferencePlan;
import encas.outputs.Carry;
import encas.outputs.Coverage;
import encas.outputs.Coverage.State;
import encas.pool.Cards;
import encas.pool.ModelCard;
import encas.pool.ModelCard.InputShape;
import encas.pool.ModelPool;
import encas.storage.Store;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DecodeProbeTest {
  /** Pictures that cost nothing to decode and much to resize. */
  private static final Image LARGE = new Image(1, 3000, 3000, new byte[9_000_000]);

  private static final ModelCard CARD =
      Cards.onnx(
          "m",
          new InputShape(1, 64, 64),
          new Preprocessing(List.of(64), List.of(64), null, null, null, null),
          1);

  private final AtomicInteger decoded = new AtomicInteger();

  @Test
  void resizing_is_measured_too_and_a_small_splits_pictures_more_than_once() throws IOException {
    double seconds = seconds(State.MISSING);
    assertTrue(seconds > 5e-4, seconds + " s"); // nine million pixels are touched
    assertTrue(decoded.get() > 12, decoded + " pictures");
  }

  @Test
  void nothing_is_decoded_where_nothing_is_to_be_computed() throws IOException {
    assertEquals(0, seconds(State.PRESENT));
    assertEquals(0, decoded.get());
  }

  @Test
  void a_split_of_which_nothing_is_to_be_decoded_has_no_weight() throws IOException {
    SampleIndex.Builder index = new SampleIndex.Builder();
    for (int sample = 0; sample < 5; sample++) {
      index.add(new ContentDigest().add(sample));
    }
    Carry all = Carry.of(index.build(), index.build());
    EarlierRows earlier = new EarlierRows(all, "1", "cpu", 1, null, null, null, true);
    InferencePlan.Item item = new InferencePlan.Item("s", CARD);
    assertEquals(
        0, seconds(State.STALE, new EarlierRuns(Set.of(), Map.of(), Map.of(item, earlier))));
    assertEquals(0, decoded.get());
  }

  private double seconds(State state) throws IOException {
    return seconds(state, EarlierRuns.NONE);
  }

  private double seconds(State state, EarlierRuns earlier) throws IOException {
    Coverage.Split split = new Coverage.Split(5, List.of(new Coverage.Model("m", state, null)));
    InferencePlan plan =
        InferencePlan.of(
            new ModelPool("p", 10, null, List.of(CARD)),
            new Coverage(Map.of("s", split)),
            new PrecomputeSpec(
                Devices.CPU,
                OptionalInt.empty(),
                OptionalInt.empty(),
                OnFault.SKIP,
                OnFault.STOP,
                Duration.ofMinutes(1)),
            CostModel.of(false),
            new Cluster(1, 1, 1, 0),
            earlier);
    return new DecodeProbe(plan, null).secondsAPicture(Map.of("s", pictures()));
  }

  private Dataset pictures() {
    return new Dataset() {
      @Override
      public long rows() {
        return 5;
      }

      @Override
      public int label(long row) {
        return -1;
      }

      @Override
      public Iterator<Sample> samples(long from, long to, Store store) {
        return LongStream.range(from, to)
            .mapToObj(
                row -> {
                  decoded.incrementAndGet();
                  return new Sample(row, -1, LARGE);
                })
            .iterator();
      }

      @Override
      public String sha256() {
        return "0";
      }
    };
  }
}
