package encas.pool.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.failure.InvalidInputException;
import encas.pool.Cards;
import encas.pool.Classifier;
import encas.pool.ClassifierLoader.Placement;
import encas.pool.DeviceMemoryException;
import encas.pool.ModelCard;
import encas.pool.ModelCard.Engine;
import encas.pool.ModelCard.InputShape;
import encas.pool.ModelFaultException;
import encas.storage.Store;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DjlClassifierLoaderTest {
  private static final InputShape INPUT = new InputShape(1, 4, 4);
  private static final int CLASSES = 3;

  private final Store store = new HadoopStore(new Configuration(false));
  private final TinyOnnx tiny = TinyOnnx.random(INPUT, CLASSES, 7);

  @TempDir Path folder;

  @Test
  void a_model_answers_as_its_weights_say_whatever_the_batch() throws IOException {
    ModelCard card = tiny.write(folder, "tiny");
    float[] pictures = new float[5 * INPUT.size()];
    Random random = new Random(1);
    for (int i = 0; i < pictures.length; i++) {
      pictures[i] = random.nextFloat();
    }
    try (Classifier five = load(card, 5);
        Classifier eight = load(card, 8)) {
      float[] logits = five.classify(pictures, 5);
      for (int i = 0; i < 5; i++) {
        float[] picture = Arrays.copyOfRange(pictures, i * 16, i * 16 + 16);
        double[] expected = tiny.answer(picture);
        for (int c = 0; c < CLASSES; c++) {
          assertEquals(expected[c], logits[i * CLASSES + c], 1e-4);
        }
        float[] alone = eight.classify(picture, 1);
        assertArrayEquals(
            Arrays.copyOfRange(logits, i * CLASSES, i * CLASSES + CLASSES),
            Arrays.copyOf(alone, CLASSES));
      }
    }
  }

  @Test
  void what_was_in_the_batch_before_does_not_show_in_a_smaller_one() throws IOException {
    ModelCard card = tiny.write(folder, "tiny");
    float[] ones = new float[4 * INPUT.size()];
    Arrays.fill(ones, 1f);
    try (Classifier classifier = load(card, 4)) {
      float[] before = classifier.classify(new float[INPUT.size()], 1);
      classifier.classify(ones, 4);
      assertArrayEquals(before, classifier.classify(new float[INPUT.size()], 1));
    }
  }

  @Test
  void a_batch_beyond_what_can_be_addressed_is_too_large_for_the_device() throws IOException {
    ModelCard card = tiny.write(folder, "tiny");
    try (Classifier classifier = load(card, 4)) {
      assertThrows(DeviceMemoryException.class, () -> classifier.runZeros(1 << 26));
      assertTrue(classifier.runZeros(2));
    }
    assertThrows(DeviceMemoryException.class, () -> load(card, 1 << 26));
  }

  @Test
  void a_missing_file_is_the_models_fault() throws IOException {
    ModelCard card = tiny.write(folder, "gone");
    Files.delete(Path.of(card.uri()));
    assertFault(card, "model gone: no such file: ");
  }

  @Test
  void a_file_with_another_checksum_is_not_loaded() throws IOException {
    ModelCard card = tiny.write(folder, "changed");
    Files.write(Path.of(card.uri()), tiny.withWeight(1f).bytes());
    assertFault(card, "the pool file says " + card.sha256());
  }

  @Test
  void a_file_that_is_no_onnx_is_the_models_fault() throws IOException {
    Path file = Files.writeString(folder.resolve("junk.onnx"), "this is no protobuf");
    assertFault(
        withFile(tiny.write(folder, "tiny"), file, Engine.ONNXRUNTIME),
        "model tiny: cannot be loaded by OnnxRuntime: ");
  }

  @Test
  void a_truncated_onnx_is_the_models_fault() throws IOException {
    byte[] bytes = tiny.bytes();
    Path file = folder.resolve("cut.onnx");
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 40));
    assertFault(withFile(tiny.write(folder, "tiny"), file, Engine.ONNXRUNTIME), "cannot be loaded");
  }

  @Test
  void a_file_that_is_no_torchscript_is_the_models_fault() throws IOException {
    Path file = Files.writeString(folder.resolve("junk.pt"), "this is no zip");
    assertFault(
        withFile(tiny.write(folder, "tiny"), file, Engine.PYTORCH),
        "model tiny: cannot be loaded by PyTorch: ");
  }

  @Test
  void another_input_shape_than_the_cards_is_a_fault() throws IOException {
    ModelCard card = tiny.write(folder, "shape");
    ModelCard wrong = Cards.withInput(card, new InputShape(3, 8, 8));
    assertFault(wrong, "does not take the pool file's input (2, 3, 8, 8)");
  }

  @Test
  void another_class_count_than_the_pools_is_a_fault() throws IOException {
    ModelCard card = tiny.write(folder, "classes");
    ModelFaultException fault =
        assertThrows(
            ModelFaultException.class, () -> loader().load(card, 10, store, Placement.cpu(4, 1)));
    assertTrue(
        fault.getMessage().contains("gives 3 classes, the pool file says 10"), fault.getMessage());
  }

  @Test
  void a_fixed_batch_axis_is_a_fault_even_if_it_is_the_batch_size() throws IOException {
    assertFault(tiny.withBatch(4).write(folder, "fixed"), "batch axis is fixed; export it again");
  }

  @Test
  void a_file_of_half_precision_is_used_as_it_is() throws IOException {
    Path file = Files.write(folder.resolve("half.onnx"), tiny.halfBytes());
    ModelCard card = withFile(tiny.write(folder, "whole"), file, Engine.ONNXRUNTIME);
    float[] picture = new float[INPUT.size()];
    for (int i = 0; i < picture.length; i++) {
      picture[i] = i / 8f;
    }
    double[] expected = tiny.answer(picture);
    try (Classifier classifier = load(card, 4)) {
      float[] logits = classifier.classify(picture, 1);
      for (int c = 0; c < CLASSES; c++) {
        assertEquals(expected[c], logits[c], 0.02 * (1 + Math.abs(expected[c])), "class " + c);
      }
    }
  }

  @Test
  void nan_weights_are_a_fault() throws IOException {
    ModelCard card = tiny.withWeight(Float.NaN).write(folder, "nan");
    try (Classifier classifier = load(card, 4)) {
      ModelFaultException fault =
          assertThrows(
              ModelFaultException.class, () -> classifier.classify(new float[INPUT.size()], 1));
      assertEquals("model nan: gives NaN for class 0, not a number", fault.getMessage());
    }
  }

  @Test
  void a_gpu_that_is_not_there_is_the_users_mistake_not_a_fallback() throws IOException {
    ModelCard card = tiny.write(folder, "tiny");
    InvalidInputException e =
        assertThrows(
            InvalidInputException.class,
            () -> loader().load(card, CLASSES, store, new Placement(0, 4, 1)));
    assertTrue(e.getMessage().contains("given GPU 0, but OnnxRuntime sees 0"), e.getMessage());
  }

  private void assertFault(ModelCard card, String message) {
    ModelFaultException fault = assertThrows(ModelFaultException.class, () -> load(card, 4));
    assertTrue(fault.getMessage().contains(message), fault.getMessage());
    assertEquals(1, fault.getMessage().lines().count(), fault.getMessage());
  }

  private Classifier load(ModelCard card, int batchSize) {
    return loader().load(card, CLASSES, store, Placement.cpu(batchSize, 1));
  }

  private static DjlClassifierLoader loader() {
    return new DjlClassifierLoader();
  }

  private ModelCard withFile(ModelCard card, Path file, Engine engine) throws IOException {
    return Cards.withFile(card, file.toUri(), engine, store);
  }
}
