package encas.inference.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.config.PrecomputeSpec.Devices;
import encas.failure.InvalidInputException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.SparkConf;
import org.apache.spark.resource.ResourceInformation;
import org.apache.spark.resource.ResourceProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GpuSettingsTest {
  private static SparkConf gpus(String master) {
    return new SparkConf(false)
        .set("spark.master", master)
        .set("spark.executor.resource.gpu.amount", "2")
        .set("spark.task.resource.gpu.amount", "1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "local[*]", "local[4]", "local[2,3]"})
  void gpus_of_a_local_master_are_refused_with_the_remedy(String master) {
    GpuSettings settings = new GpuSettings(gpus(master));
    String message = assertThrows(InvalidInputException.class, settings::check).getMessage();
    assertTrue(message.contains("master " + master + ":"), message);
    assertTrue(message.contains("submit/cluster-local"), message);
    new GpuSettings(new SparkConf(false).set("spark.master", master)).check();
  }

  @ParameterizedTest
  @ValueSource(strings = {"spark://h:7077", "yarn", "k8s://https://h", "local-cluster[2,1,1024]"})
  void gpus_of_a_cluster_are_taken(String master) {
    GpuSettings settings = new GpuSettings(gpus(master));
    settings.check();
    settings.check(Devices.GPU);
  }

  @Test
  void one_half_of_the_settings_names_the_other() {
    for (String[] half :
        new String[][] {
          {"spark.executor.resource.gpu.amount", "spark.task.resource.gpu.amount"},
          {"spark.task.resource.gpu.amount", "spark.executor.resource.gpu.amount"}
        }) {
      SparkConf conf = new SparkConf(false).set("spark.master", "yarn").set(half[0], "1");
      String message =
          assertThrows(InvalidInputException.class, new GpuSettings(conf)::check).getMessage();
      assertTrue(message.startsWith(half[0] + " is set without " + half[1]), message);
    }
  }

  @Test
  void devices_gpu_needs_settings_that_give_gpus() {
    GpuSettings none = new GpuSettings(new SparkConf(false).set("spark.master", "yarn"));
    none.check(Devices.AUTO);
    none.check(Devices.CPU);
    String message =
        assertThrows(InvalidInputException.class, () -> none.check(Devices.GPU)).getMessage();
    assertTrue(message.contains("--profile standalone-gpu"), message);
  }

  @Test
  void a_task_opens_the_gpu_that_it_was_given() {
    Map<String, ResourceInformation> given =
        Map.of("gpu", new ResourceInformation("gpu", new String[] {"3", "4"}));
    assertEquals(3, GpuSettings.deviceOf(given, "m"));
    for (Map<String, ResourceInformation> unusable :
        List.of(
            Map.<String, ResourceInformation>of(),
            Map.of("gpu", new ResourceInformation("gpu", new String[] {"GPU-1f2e"})))) {
      assertThrows(InvalidInputException.class, () -> GpuSettings.deviceOf(unusable, "m"));
    }
  }

  @Test
  void stages_that_only_decode_ask_for_cores_alone() {
    ResourceProfile task =
        new GpuSettings(gpus("spark://h:7077").set("spark.task.cpus", "4")).decoding();
    assertEquals(Set.of("cpus"), task.taskResourcesJMap().keySet());
    assertEquals(4, task.taskResourcesJMap().get("cpus").amount());
    assertEquals(Set.of(), task.executorResourcesJMap().keySet());
    ResourceProfile own =
        new GpuSettings(gpus("yarn").set("spark.dynamicAllocation.enabled", "true")).decoding();
    assertTrue(own.executorResourcesJMap().containsKey("cores"));
    assertFalse(own.executorResourcesJMap().containsKey("gpu"));
    assertNull(new GpuSettings(new SparkConf(false)).decoding());
  }

  @Test
  void what_a_search_holds_idle_is_said() {
    assertEquals(
        "run: the search will hold 6 GPUs idle",
        new GpuSettings(gpus("yarn")).idleDuringSearch(3).split(";")[0]);
    assertNull(new GpuSettings(new SparkConf(false)).idleDuringSearch(3));
  }
}
