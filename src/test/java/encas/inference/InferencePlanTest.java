package encas.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.config.PrecomputeSpec;
import encas.config.PrecomputeSpec.Devices;
import encas.config.PrecomputeSpec.OnFault;
import encas.dataset.image.Preprocessing;
import encas.inference.InferencePlan.Work;
import encas.outputs.Coverage;
import encas.outputs.Coverage.State;
import encas.pool.ModelCard;
import encas.pool.ModelCard.Engine;
import encas.pool.ModelCard.InputShape;
import encas.pool.ModelCard.OutputKind;
import encas.pool.ModelPool;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class InferencePlanTest {
  private static final PrecomputeSpec AUTO = spec(OptionalInt.empty(), OptionalInt.empty());

  @Test
  void dear_models_come_first_and_present_ones_not_at_all() {
    ModelPool pool = pool(card("cheap", 0.1), card("there", 5), card("dear", 50), card("b", 1));
    InferencePlan plan = plan(pool, AUTO, 5000, 2, "there");
    assertEquals(List.of("dear", "b", "cheap"), ids(plan.work()));
    assertEquals("there", plan.present().get(0).card().id());
  }

  @Test
  void imported_outputs_are_not_computed() {
    ModelCard imported =
        new ModelCard(
            "i",
            null,
            null,
            Engine.IMPORTED,
            null,
            null,
            OutputKind.PROBABILITIES,
            Map.of("mflops", 1.0));
    InferencePlan plan = plan(pool(imported, card("a", 1)), AUTO, 100, 2);
    assertEquals(List.of("a"), ids(plan.work()));
    assertEquals("i", plan.notImported().get(0).card().id());
  }

  @Test
  void sizes_that_are_given_are_taken() {
    PrecomputeSpec spec = spec(OptionalInt.of(7), OptionalInt.of(30));
    Work work = plan(pool(card("a", 1)), spec, 100, 2).work().get(0);
    assertEquals(7, work.batchSize());
    assertEquals(30, work.shardSize());
    assertEquals(4, work.shards());
    assertEquals(100, work.to(3));
  }

  @RepeatedTest(50)
  void shards_cut_the_rows_without_gap_in_whole_batches(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    long rows = 1 + random.nextLong(200_000);
    int cores = 1 + random.nextInt(500);
    ModelCard card = card("a", Math.exp(random.nextDouble() * 14 - 6));
    Work work = plan(pool(card), AUTO, rows, cores).work().get(0);
    long next = 0;
    for (int shard = 0; shard < work.shards(); shard++) {
      assertEquals(next, work.from(shard));
      assertTrue(work.to(shard) > next);
      next = work.to(shard);
    }
    assertEquals(rows, next);
    assertEquals(0, work.shardSize() % work.batchSize());
  }

  @Test
  void a_dear_model_gets_a_task_for_every_core_and_a_cheap_one_does_not() {
    InferencePlan plan = plan(pool(card("dear", 100), card("cheap", 0.01)), AUTO, 50_000, 40);
    assertTrue(plan.work().get(0).shards() >= 40);
    assertEquals(1, plan.work().get(1).shards() / 4);
  }

  @Test
  void the_batch_size_does_not_depend_on_the_cluster() {
    for (int cores : new int[] {1, 2, 1000}) {
      assertEquals(64, plan(pool(card("a", 1)), AUTO, 5000, cores).work().get(0).batchSize());
    }
  }

  private static InferencePlan plan(
      ModelPool pool, PrecomputeSpec spec, long rows, int cores, String... present) {
    List<Coverage.Model> models = new ArrayList<>();
    for (ModelCard card : pool.models()) {
      State state = List.of(present).contains(card.id()) ? State.PRESENT : State.MISSING;
      models.add(new Coverage.Model(card.id(), state, null));
    }
    Coverage coverage = new Coverage(Map.of("s", new Coverage.Split(rows, models)));
    return InferencePlan.of(pool, coverage, spec, false, cores);
  }

  private static List<String> ids(List<Work> work) {
    return work.stream().map(item -> item.card().id()).toList();
  }

  private static ModelPool pool(ModelCard... cards) {
    return new ModelPool("p", 10, null, List.of(cards));
  }

  private static ModelCard card(String id, double mflops) {
    return new ModelCard(
        id,
        URI.create("file:///m.onnx"),
        "0",
        Engine.ONNXRUNTIME,
        new InputShape(1, 28, 28),
        new Preprocessing(null, null, null, null, null, null),
        OutputKind.LOGITS,
        Map.of("mflops", mflops));
  }

  private static PrecomputeSpec spec(OptionalInt batch, OptionalInt shard) {
    return new PrecomputeSpec(
        Devices.AUTO, batch, shard, OnFault.SKIP, OnFault.STOP, Duration.ofMinutes(30));
  }
}
