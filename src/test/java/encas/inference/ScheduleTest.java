package encas.inference;

import static encas.inference.Plans.AUTO;
import static encas.inference.Plans.card;
import static encas.inference.Plans.coverage;
import static encas.inference.Plans.pool;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.pool.ModelCard;
import encas.pool.ModelPool;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
  private static final int IMAGES = 50_000;
  private static final int CORES_A_GPU = 8;
  private static final long PIXEL_BYTES = 4L << 30;

  @ParameterizedTest
  @ValueSource(ints = {8, 64, 256})
  void timms_table_takes_at_most_a_tenth_longer_than_it_must(int gpus) throws IOException {
    CostModel costs = CostModel.of(true);
    Cluster cluster = new Cluster(gpus, gpus, CORES_A_GPU, gpus * PIXEL_BYTES);
    InferencePlan plan = plan(TimmPool.read(), costs, cluster);
    Schedule estimate = Schedule.of(plan, costs, cluster);
    System.out.printf(
        "%d GPUs: %s, ratio %.3f%n", gpus, estimate, estimate.makespan() / estimate.lowerBound());
    assertTrue(estimate.makespan() <= 1.1 * estimate.lowerBound(), estimate.toString());
    assertEquals(105, plan.groups().size()); // of 106 crops, two that cut the same pixels
    assertEquals(7.3, estimate.decodeCoreSeconds() / 3600, 0.1);
    assertEquals(108, estimate.decodeCoreSecondsByModel() / 3600, 0.2);
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 64, 256})
  void a_large_pools_table_has_few_files(int gpus) throws IOException {
    Cluster cluster = new Cluster(gpus, gpus, CORES_A_GPU, gpus * PIXEL_BYTES);
    InferencePlan plan = plan(TimmPool.read(), CostModel.of(true), cluster);
    int files = plan.work().stream().mapToInt(Work::shards).sum();
    int most = plan.work().stream().mapToInt(Work::shards).max().orElseThrow();
    assertTrue(files <= 1.5 * plan.work().size() && most <= 20, files + " files, " + most);
  }

  @Test
  void one_device_does_all_one_after_the_other() {
    CostModel costs = CostModel.of(false).withDecodeSeconds(0.01);
    Cluster cluster = new Cluster(1, 1, 1, 0);
    ModelPool pool = pool(card("a", 3300), card("b", 330));
    InferencePlan plan = plan(pool, costs, cluster);
    Schedule estimate = Schedule.of(plan, costs, cluster);
    double models = pool.models().stream().mapToDouble(costs::secondsPerSample).sum();
    double expected = IMAGES * (0.01 + models) + estimate.loads() * costs.loadSeconds();
    assertEquals(2, estimate.loads());
    assertEquals(expected, estimate.makespan(), 1e-6 * expected);
    assertEquals(expected, estimate.deviceSeconds(), 1e-6 * expected);
  }

  @Test
  void a_plan_that_would_come_to_a_stand_gives_no_figures() {
    // Groups that fit together are mixed; where they do not fit, those that hold the room wait for
    // threads that the next one's models hold.
    List<ModelCard> cards = new ArrayList<>();
    for (int group = 0; group < 3; group++) {
      for (int m = 0; m < 12; m++) {
        cards.add(card("m" + group + "-" + m, m == 0 ? 9000 - group : 100 * group + 1, 20 + group));
      }
    }
    CostModel costs = CostModel.of(false);
    Cluster roomy = new Cluster(1, 1, 1, 1L << 40);
    InferencePlan plan = plan(new ModelPool("p", 10, null, cards), costs, roomy);
    assertTrue(Schedule.of(plan, costs, roomy).makespan() > 0);
    Cluster cramped = new Cluster(1, 1, 1, 0);
    assertThrows(IllegalStateException.class, () -> Schedule.of(plan, costs, cramped));
  }

  private static InferencePlan plan(ModelPool pool, CostModel costs, Cluster cluster) {
    return InferencePlan.of(pool, coverage(pool, IMAGES), AUTO, costs, cluster, EarlierRuns.NONE);
  }
}
