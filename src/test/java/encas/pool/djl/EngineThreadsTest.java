package encas.pool.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.pytorch.jni.JniUtils;
import encas.ChildJvm;
import encas.dataset.image.Preprocessing;
import encas.pool.Classifier;
import encas.pool.ClassifierLoader.Placement;
import encas.pool.ModelCard;
import encas.pool.ModelCard.Engine;
import encas.pool.ModelCard.InputShape;
import encas.pool.ModelCard.OutputKind;
import encas.pool.ModelChecksum;
import encas.storage.hadoop.HadoopStore;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An engine takes the threads that its task has cores; PyTorch decides once a process. */
@Timeout(60)
class EngineThreadsTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void an_engine_takes_as_many_threads_as_its_task_has_cores(int cores) throws Exception {
    Process process =
        ChildJvm.of(EngineThreadsTest.class, Integer.toString(cores))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    // ONNX Runtime works in the calling thread as well.
    assertEquals("onnxruntime +" + (cores - 1) + ", pytorch " + cores, out.strip());
  }

  /** Run in a process of its own. */
  public static void main(String[] arguments) throws IOException {
    Placement placement = Placement.cpu(4, Integer.parseInt(arguments[0]));
    card("mlp-28.onnx", Engine.ONNXRUNTIME, placement).close(); // what the engine itself starts
    int before = threads();
    Classifier onnx = card("mlp-28.onnx", Engine.ONNXRUNTIME, placement);
    int added = threads() - before;
    onnx.close();
    card("cnn-28-m.pt", Engine.PYTORCH, placement).close();
    System.out.println("onnxruntime +" + added + ", pytorch " + JniUtils.getNumThreads());
  }

  private static int threads() {
    return new File("/proc/self/task").list().length;
  }

  private static Classifier card(String file, Engine engine, Placement placement)
      throws IOException {
    Path path = Path.of("examples/fashion-mnist/models", file).toAbsolutePath();
    HadoopStore store = new HadoopStore(new Configuration(false));
    ModelCard card =
        new ModelCard(
            "m",
            path.toUri(),
            ModelChecksum.of(path.toUri(), store),
            engine,
            new InputShape(1, 28, 28),
            new Preprocessing(null, null, null, null, null, null),
            OutputKind.LOGITS,
            Map.of("mflops", 1.0));
    return new DjlClassifierLoader().load(card, 10, store, placement);
  }
}
