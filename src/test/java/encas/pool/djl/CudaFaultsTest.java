package encas.pool.djl;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import ai.djl.Model;
import encas.pool.ModelCard;
import encas.pool.ModelCard.InputShape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the engines say where there is no CUDA; a machine that has it cannot show that. */
class CudaFaultsTest {
  @TempDir private Path folder;

  @BeforeEach
  void needsAMachineWithoutCuda() {
    assumeTrue(!Files.exists(Path.of("/proc/driver/nvidia")));
    Engines.prepare(1);
  }

  @ParameterizedTest
  @CsvSource({"OnnxRuntime, mlp-28.onnx", "PyTorch, cnn-28-m.pt"})
  void a_named_gpu_without_cuda_is_told_from_a_broken_model(String engine, String file)
      throws Exception {
    Path models = Path.of("examples/fashion-mnist/models");
    assertTrue(Files.exists(models.resolve(file)));
    try (Model model = Model.newInstance("m", Device.gpu(0), engine)) {
      Exception missing =
          assertThrows(
              Exception.class, () -> model.load(models, file, Map.of("interOpNumThreads", "1")));
      assertTrue(CudaFaults.isMissing(missing), missing.toString());
    }
    Path broken = Files.write(folder.resolve("broken" + file), new byte[100]);
    try (Model model = Model.newInstance("m", Device.cpu(), engine)) {
      Exception fault =
          assertThrows(Exception.class, () -> model.load(folder, broken.getFileName().toString()));
      assertFalse(CudaFaults.isMissing(fault), fault.toString());
    }
  }

  @Test
  void the_refusal_names_model_gpu_engine_and_remedy() throws Exception {
    ModelCard card = TinyOnnx.random(new InputShape(1, 2, 2), 3, 1).write(folder, "tiny");
    String message =
        CudaFaults.refused(card, 3, "OnnxRuntime", new IllegalStateException("no shared provider"))
            .getMessage();
    for (String part :
        new String[] {"tiny", "GPU 3", "OnnxRuntime", "no shared provider", "devices: cpu"}) {
      assertTrue(message.contains(part), message);
    }
  }
}
