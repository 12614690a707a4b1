package encas.inference.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpectedExecutorsTest {
  @ParameterizedTest
  @CsvSource({"local, 1", "local[*], 1", "'local-cluster[3,1,1024]', 3", "yarn, 2", "k8s://h, 2"})
  void a_master_says_how_many_there_are_unless_settings_do(String master, int executors) {
    assertEquals(executors, expected(master).executors());
    assertEquals(
        master.startsWith("local[") || master.equals("local") ? 1 : 5,
        expected(master, "spark.executor.instances", "5").executors());
  }

  @Test
  void a_standalone_cluster_gives_what_it_has_unless_cores_are_bounded() {
    assertTrue(expected("spark://h:7077").unknown());
    ExpectedExecutors all =
        expected("spark://h:7077", "spark.cores.max", "10", "spark.executor.cores", "4");
    assertEquals(2, all.executors());
    ExpectedExecutors cores = expected("spark://h:7077", "spark.cores.max", "10");
    assertFalse(cores.unknown());
    assertFalse(cores.metBy(3, 9));
    assertTrue(cores.metBy(1, 10));
  }

  @Test
  void dynamic_allocation_begins_with_few_and_may_come_to_many() {
    ExpectedExecutors dynamic =
        expected(
            "yarn",
            "spark.dynamicAllocation.enabled",
            "true",
            "spark.dynamicAllocation.minExecutors",
            "2",
            "spark.dynamicAllocation.maxExecutors",
            "40");
    assertEquals(2, dynamic.executors());
    assertEquals(40, dynamic.most());
    assertFalse(dynamic.metBy(1, 8));
    assertTrue(dynamic.metBy(2, 8));
  }

  @Test
  void the_greatest_number_of_executors_is_no_bound_to_plan_for() {
    ExpectedExecutors dynamic =
        expected(
            "yarn",
            "spark.dynamicAllocation.enabled",
            "true",
            "spark.dynamicAllocation.maxExecutors",
            String.valueOf(Integer.MAX_VALUE));
    assertEquals(0, dynamic.most());
    assertTrue(dynamic.dynamic());
  }

  private static ExpectedExecutors expected(String master, String... settings) {
    SparkConf conf = new SparkConf(false).set("spark.master", master);
    for (int i = 0; i < settings.length; i += 2) {
      conf.set(settings[i], settings[i + 1]);
    }
    return ExpectedExecutors.of(conf);
  }
}
