package encas.inference;

import static encas.inference.Plans.AUTO;
import static encas.inference.Plans.card;
import static encas.inference.Plans.coverage;
import static encas.inference.Plans.pool;
import static encas.inference.Plans.spec;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.dataset.ContentDigest;
import encas.dataset.SampleIndex;
import encas.outputs.Begun;
import encas.outputs.Carry;
import encas.outputs.Coverage;
import encas.pool.ModelCard;
import encas.pool.ModelPool;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** What earlier runs have begun, or made of earlier data, in a plan. */
class ResumedPlanTest {
  @RepeatedTest(50)
  void work_that_was_begun_keeps_its_sizes_on_any_cluster(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    ModelCard[] cards = new ModelCard[12];
    for (int m = 0; m < cards.length; m++) {
      cards[m] = card("m" + m, Math.exp(random.nextDouble() * 14 - 6), 8 + random.nextInt(3));
    }
    Coverage coverage = coverage(pool(cards), 1 + random.nextInt(200_000));
    Map<InferencePlan.Item, Begun> begun = new HashMap<>();
    for (Work work : plan(pool(cards), coverage, random, Map.of()).work()) {
      if (random.nextBoolean()) {
        // Of ten one as nobody would cut it, so that it fits no other's chunks.
        int shard = random.nextInt(10) == 0 ? 1 + random.nextInt(5000) : work.shardSize();
        begun.put(
            new InferencePlan.Item("s", work.card()), new Begun("cpu", work.batchSize(), shard));
      }
    }
    InferencePlan plan = plan(pool(cards), coverage, random, begun);
    assertEquals(cards.length, plan.work().size());
    Map<Work, ModelGroup> groupOf = plan.groupOf();
    for (Work work : plan.work()) {
      Begun was = begun.get(new InferencePlan.Item("s", work.card()));
      if (was != null) {
        assertEquals(was, new Begun("cpu", work.batchSize(), work.shardSize()));
      }
      assertEquals(0, work.shardSize() % groupOf.get(work).chunkSize());
    }
  }

  private static InferencePlan plan(
      ModelPool pool, Coverage coverage, Random random, Map<InferencePlan.Item, Begun> begun) {
    return InferencePlan.of(
        pool,
        coverage,
        AUTO,
        CostModel.of(false),
        new Cluster(1, 1 + random.nextInt(500), 1 + random.nextInt(8), 1L << 30),
        new EarlierRuns(Set.of(), begun, Map.of()));
  }

  @Test
  void sizes_of_another_device_or_than_the_run_files_are_not_kept() {
    ModelCard card = card("a", 1);
    InferencePlan.Item item = new InferencePlan.Item("s", card);
    for (Begun begun : List.of(new Begun("gpu", 7, 30), new Begun("cpu", 8, 30))) {
      Work work =
          InferencePlan.of(
                  pool(card),
                  coverage(pool(card), 100),
                  spec(OptionalInt.of(7), OptionalInt.empty()),
                  CostModel.of(false),
                  new Cluster(1, 2, 1, 0),
                  new EarlierRuns(Set.of(), Map.of(item, begun), Map.of()))
              .work()
              .get(0);
      assertEquals(7, work.batchSize());
      assertNotEquals(30, work.shardSize());
    }
  }

  /** Rows of a hundred samples, of which the first {@code fresh} are new now. */
  private static EarlierRows earlier(int fresh, String device, int batchSize, boolean whole) {
    SampleIndex.Builder before = new SampleIndex.Builder();
    SampleIndex.Builder now = new SampleIndex.Builder();
    for (int sample = 0; sample < 100; sample++) {
      before.add(new ContentDigest().add(sample));
      now.add(new ContentDigest().add(sample < fresh ? -1 - sample : sample));
    }
    Carry carry = Carry.of(now.build(), before.build());
    return new EarlierRows(carry, "da7a", device, batchSize, null, null, null, whole);
  }

  private static InferencePlan plan(ModelPool pool, Map<InferencePlan.Item, EarlierRows> earlier) {
    return InferencePlan.of(
        pool,
        coverage(pool, 100),
        spec(OptionalInt.empty(), OptionalInt.empty()),
        CostModel.of(false),
        new Cluster(1, 2, 1, 0),
        new EarlierRuns(Set.of(), Map.of(), earlier));
  }

  @Test
  void rows_of_earlier_data_spare_their_samples_where_they_are_of_the_same_kind() {
    ModelCard card = card("a", 1);
    InferencePlan.Item item = new InferencePlan.Item("s", card);
    Work same = plan(pool(card), Map.of(item, earlier(7, "cpu", 5, true))).work().get(0);
    assertEquals(7, same.toCompute());
    assertEquals(5, same.batchSize());
    assertEquals(
        7, IntStream.range(0, same.shards()).mapToLong(same::toCompute).sum(), "over its shards");
    assertEquals(100, same.withBatchSize(2).toCompute());
    // On another kind of device, or with samples left out where none may be.
    for (EarlierRows other : List.of(earlier(7, "gpu", 5, true), earlier(7, "cpu", 5, false))) {
      assertEquals(100, plan(pool(card), Map.of(item, other)).work().get(0).toCompute());
    }
  }

  @Test
  void a_group_decodes_what_some_model_of_it_is_to_be_shown_and_costs_no_more() {
    ModelCard a = card("a", 1);
    ModelCard b = card("b", 1);
    InferencePlan.Item ofA = new InferencePlan.Item("s", a);
    InferencePlan.Item ofB = new InferencePlan.Item("s", b);
    Map<InferencePlan.Item, EarlierRows> both =
        Map.of(ofA, earlier(7, "cpu", 5, true), ofB, earlier(30, "cpu", 5, true));
    ModelGroup group = plan(pool(a, b), both).groups().get(0);
    assertEquals(30, group.toDecode());
    ModelGroup one = plan(pool(a, b), Map.of(ofA, earlier(7, "cpu", 5, true))).groups().get(0);
    assertEquals(100, one.toDecode());
    CostModel costs = CostModel.of(false);
    Schedule schedule = Schedule.of(plan(pool(a, b), both), costs, new Cluster(1, 2, 1, 0));
    assertEquals(30 * costs.decodeSeconds(), schedule.decodeCoreSeconds(), 1e-9);
    assertEquals(
        (7 + 30) * costs.secondsPerSample(a) + 2 * costs.loadSeconds() + 30 * costs.decodeSeconds(),
        schedule.deviceSeconds(),
        1e-9);
    assertTrue(schedule.makespan() >= schedule.lowerBound());
  }
}
