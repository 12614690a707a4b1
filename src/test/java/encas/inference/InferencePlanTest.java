package encas.inference;

import static encas.inference.Plans.AUTO;
import static encas.inference.Plans.card;
import static encas.inference.Plans.coverage;
import static encas.inference.Plans.ids;
import static encas.inference.Plans.plan;
import static encas.inference.Plans.pool;
import static encas.inference.Plans.spec;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.config.PrecomputeSpec;
import encas.dataset.image.Preprocessing;
import encas.outputs.Coverage;
import encas.outputs.Coverage.State;
import encas.pool.Cards;
import encas.pool.ModelCard;
import encas.pool.ModelPool;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class InferencePlanTest {
  @Test
  void dear_models_come_first_and_present_ones_not_at_all() {
    ModelPool pool = pool(card("cheap", 0.1), card("there", 5), card("dear", 50), card("b", 1));
    InferencePlan plan = plan(pool, AUTO, 5000, 2, "there");
    assertEquals(List.of("dear", "b", "cheap"), ids(plan.work()));
    assertEquals("there", plan.present().get(0).card().id());
  }

  @Test
  void imported_outputs_are_not_computed() {
    ModelCard imported = Cards.imported("i", 1);
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
  void each_missing_model_and_sample_is_in_one_task_exactly(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    List<ModelCard> cards = new ArrayList<>();
    for (int m = 0; m < 1 + random.nextInt(40); m++) {
      int side = 8 + random.nextInt(3);
      cards.add(card("m" + m, Math.exp(random.nextDouble() * 14 - 6), side));
    }
    Map<String, Coverage.Split> splits = new LinkedHashMap<>();
    Map<String, Long> missing = new TreeMap<>();
    for (String split : List.of("search", "test")) {
      long rows = 1 + random.nextLong(200_000);
      List<Coverage.Model> models = new ArrayList<>();
      for (ModelCard card : cards) {
        State state = State.values()[random.nextInt(State.values().length)];
        models.add(new Coverage.Model(card.id(), state, null));
        if (state != State.PRESENT) {
          missing.put(split + "/" + card.id(), rows);
        }
      }
      splits.put(split, new Coverage.Split(rows, models));
    }
    Cluster cluster = new Cluster(1, 1 + random.nextInt(500), 1 + random.nextInt(8), 1L << 30);
    boolean gpu = random.nextBoolean();
    InferencePlan plan =
        InferencePlan.of(
            new ModelPool("p", 10, null, cards),
            new Coverage(splits),
            AUTO,
            CostModel.of(gpu),
            cluster,
            EarlierRuns.NONE);
    Map<String, Long> covered = new TreeMap<>();
    Map<Work, ModelGroup> groupOf = plan.groupOf();
    for (Work work : plan.work()) {
      long next = 0;
      for (int shard = 0; shard < work.shards(); shard++) {
        assertEquals(next, work.from(shard));
        assertTrue(work.to(shard) > next);
        next = work.to(shard);
      }
      assertNull(covered.put(work.split() + "/" + work.card().id(), next), "twice");
      assertEquals(0, work.shardSize() % work.batchSize());
      assertEquals(0, work.shardSize() % groupOf.get(work).chunkSize());
      assertEquals(PixelKey.of(work.card()), groupOf.get(work).pixels());
    }
    assertEquals(missing, covered);
    int alone = plan.groups().stream().mapToInt(group -> group.work().size()).sum();
    assertEquals(plan.work().size(), alone);
  }

  @Test
  void models_that_differ_in_mean_and_std_alone_share_their_pixels() {
    ModelCard a = card("a", 1, new Preprocessing(null, null, null, null, List.of(0.5), null));
    ModelCard b = card("b", 1, new Preprocessing(null, null, null, null, null, List.of(0.2)));
    ModelCard other = card("c", 1, new Preprocessing(List.of(30), null, null, null, null, null));
    InferencePlan plan = plan(pool(a, other, b), AUTO, 100, 2);
    assertEquals(
        List.of(List.of("c"), List.of("a", "b")), // the one that decodes alone takes longest
        plan.groups().stream().map(group -> ids(group.work())).toList());
  }

  @Test
  void suspects_come_last_and_share_nothing() {
    Coverage coverage = coverage(pool(card("a", 9), card("b", 5), card("c", 1)), 100);
    InferencePlan plan =
        InferencePlan.of(
            pool(card("a", 9), card("b", 5), card("c", 1)),
            coverage,
            AUTO,
            CostModel.of(false),
            new Cluster(1, 2, 1, 0),
            new EarlierRuns(Set.of(new InferencePlan.Item("s", card("a", 9))), Map.of(), Map.of()));
    assertEquals(List.of("b", "c", "a"), ids(plan.work()));
    assertEquals(List.of("a"), ids(plan.groups().get(1).work()));
  }

  @Test
  void a_dear_model_gets_tasks_for_every_core_and_a_cheap_one_does_not() {
    InferencePlan plan = plan(pool(card("dear", 1000), card("cheap", 0.01)), AUTO, 50_000, 40);
    assertTrue(plan.work().get(0).shards() >= 40, plan.work().get(0).toString());
    assertEquals(1, plan.work().get(1).shards());
  }

  @Test
  void the_batch_size_does_not_depend_on_the_cluster() {
    for (int cores : new int[] {1, 2, 1000}) {
      assertEquals(64, plan(pool(card("a", 1)), AUTO, 5000, cores).work().get(0).batchSize());
    }
  }
}
