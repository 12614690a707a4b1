package encas.inference.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.inference.Work;
import encas.outputs.hadoop.OutputTable;
import encas.pool.ModelCard;
import encas.pool.ModelCard.InputShape;
import encas.pool.djl.TinyOnnx;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchProbeTest {
  @TempDir private Path folder;

  @Test
  void batches_are_tried_up_to_1024_samples_and_half_a_gibibyte() {
    assertEquals(891, BatchProbe.most(new InputShape(3, 224, 224)));
    assertEquals(1024, BatchProbe.most(new InputShape(1, 28, 28)));
    assertEquals(10, BatchProbe.most(new InputShape(3, 2048, 2048)));
    assertEquals(1, BatchProbe.most(new InputShape(3, 10_000, 10_000)));
  }

  @Test
  void work_is_begun_only_on_the_same_device_with_the_same_sizes() throws IOException {
    ModelCard card = TinyOnnx.random(new InputShape(1, 3, 3), 4, 1).write(folder, "a");
    OutputTable table =
        new OutputTable(
            folder.resolve("outputs").toUri(), new HadoopStore(new Configuration(false)));
    WorkNames cpu = new WorkNames("run", table, null, false, "da7a");
    WorkNames gpu = new WorkNames("run", table, null, true, "da7a");
    Work work = new Work("search", card, 100, 16, 32, "missing", null);
    assertFalse(gpu.begun(work));
    cpu.begin(work);
    assertTrue(cpu.begun(work));
    assertFalse(cpu.begun(work.withBatchSize(8)));
    assertFalse(gpu.begun(work), "begun on a CPU: the size is still to be tried");
  }
}
