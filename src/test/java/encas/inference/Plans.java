package encas.inference;

import encas.config.PrecomputeSpec;
import encas.config.PrecomputeSpec.Devices;
import encas.config.PrecomputeSpec.OnFault;
import encas.dataset.image.Preprocessing;
import encas.outputs.Coverage;
import encas.outputs.Coverage.State;
import encas.pool.Cards;
import encas.pool.ModelCard;
import encas.pool.ModelCard.InputShape;
import encas.pool.ModelPool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Small pools, and plans for them. */
final class Plans {
  static final PrecomputeSpec AUTO = spec(OptionalInt.empty(), OptionalInt.empty());

  private Plans() {}

  static InferencePlan plan(
      ModelPool pool, PrecomputeSpec spec, long rows, int cores, String... present) {
    return InferencePlan.of(
        pool,
        coverage(pool, rows, present),
        spec,
        CostModel.of(false),
        new Cluster(1, cores, 1, 1L << 30),
        EarlierRuns.NONE);
  }

  static Coverage coverage(ModelPool pool, long rows, String... present) {
    List<Coverage.Model> models = new ArrayList<>();
    for (ModelCard card : pool.models()) {
      State state = List.of(present).contains(card.id()) ? State.PRESENT : State.MISSING;
      models.add(new Coverage.Model(card.id(), state, null));
    }
    return new Coverage(Map.of("s", new Coverage.Split(rows, models)));
  }

  static List<String> ids(List<Work> work) {
    return work.stream().map(item -> item.card().id()).toList();
  }

  static ModelPool pool(ModelCard... cards) {
    return new ModelPool("p", 10, null, List.of(cards));
  }

  static ModelCard card(String id, double mflops) {
    return card(id, mflops, new Preprocessing(null, null, null, null, null, null));
  }

  static ModelCard card(String id, double mflops, int side) {
    return card(id, mflops, new Preprocessing(List.of(side), null, null, null, null, null));
  }

  static ModelCard card(String id, double mflops, Preprocessing preprocess) {
    return Cards.onnx(id, new InputShape(1, 28, 28), preprocess, mflops);
  }

  static PrecomputeSpec spec(OptionalInt batch, OptionalInt shard) {
    return new PrecomputeSpec(
        Devices.AUTO, batch, shard, OnFault.SKIP, OnFault.STOP, Duration.ofMinutes(30));
  }
}
