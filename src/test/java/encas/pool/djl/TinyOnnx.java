package encas.pool.djl;

import ai.onnxruntime.platform.Fp16Conversions;
import encas.dataset.image.Preprocessing;
import encas.pool.ModelCard;
import encas.pool.ModelCard.Engine;
import encas.pool.ModelCard.InputShape;
import encas.pool.ModelCard.OutputKind;
import encas.pool.ModelChecksum;
import encas.storage.hadoop.HadoopStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;

/**
 * A linear model as an ONNX file, its protobuf written by hand: {@code logits = W x + b} over the
 * flattened picture.
 *
 * @param batch length of the batch axis; 0 means any
 * @param weights {@code [classes x channels * height * width]}
 */
public record TinyOnnx(InputShape input, int classes, int batch, float[] weights, float[] bias) {

  /** ONNX's number for half precision. */
  private static final int HALF = 10;

  /** A model whose weights are drawn from {@code seed}. */
  public static TinyOnnx random(InputShape input, int classes, long seed) {
    Random random = new Random(seed);
    float[] weights = new float[classes * input.size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) random.nextGaussian();
    }
    float[] bias = new float[classes];
    for (int i = 0; i < classes; i++) {
      bias[i] = (float) random.nextGaussian();
    }
    return new TinyOnnx(input, classes, 0, weights, bias);
  }

  public TinyOnnx withBatch(int fixed) {
    return new TinyOnnx(input, classes, fixed, weights, bias);
  }

  public TinyOnnx withWeight(float value) {
    float[] changed = weights.clone();
    changed[0] = value;
    return new TinyOnnx(input, classes, batch, changed, bias);
  }

  /** What the model has to answer, in doubles. */
  public double[] answer(float[] picture) {
    double[] logits = new double[classes];
    for (int c = 0; c < classes; c++) {
      logits[c] = bias[c];
      for (int i = 0; i < picture.length; i++) {
        logits[c] += (double) weights[c * picture.length + i] * picture[i];
      }
    }
    return logits;
  }

  /** Writes the file and says what a pool file would say of it. */
  public ModelCard write(Path folder, String id) throws IOException {
    Path file = Files.write(folder.resolve(id + ".onnx"), bytes());
    return new ModelCard(
        id,
        file.toUri(),
        ModelChecksum.of(file.toUri(), new HadoopStore(new Configuration(false))),
        Engine.ONNXRUNTIME,
        input,
        new Preprocessing(null, null, null, null, null, null),
        OutputKind.LOGITS,
        Map.of("mflops", classes * input.size() / 1e6));
  }

  public byte[] bytes() {
    return bytes(false);
  }

  /** The same with weights, input and output of half precision. */
  public byte[] halfBytes() {
    return bytes(true);
  }

  private byte[] bytes(boolean half) {
    Message flatten = new Message().text(1, "x").text(2, "flat").text(4, "Flatten");
    Message gemm =
        new Message()
            .text(1, "flat")
            .text(1, "w")
            .text(1, "b")
            .text(2, "y")
            .text(4, "Gemm")
            .message(5, new Message().text(1, "transB").number(3, 1).number(20, 2));
    Message graph =
        new Message()
            .message(1, flatten)
            .message(1, gemm)
            .text(2, "tiny")
            .message(5, tensor(half, "w", weights, classes, input.size()))
            .message(5, tensor(half, "b", bias, classes))
            .message(11, value(half, "x", batch, input.channels(), input.height(), input.width()))
            .message(12, value(half, "y", batch, classes));
    return new Message()
        .number(1, 8)
        .message(7, graph)
        .message(8, new Message().text(1, "").number(2, 13))
        .out
        .toByteArray();
  }

  private static Message tensor(boolean half, String name, float[] values, int... dims) {
    Message tensor = new Message();
    for (int dim : dims) {
      tensor.number(1, dim);
    }
    if (half) {
      ByteBuffer raw = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
      for (float value : values) {
        raw.putShort(Fp16Conversions.floatToFp16(value));
      }
      return tensor.number(2, HALF).text(8, name).bytes(9, raw.array());
    }
    ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(values);
    return tensor.number(2, 1).text(8, name).bytes(9, raw.array());
  }

  private static Message value(boolean half, String name, int... dims) {
    Message shape = new Message();
    for (int dim : dims) {
      shape.message(1, dim == 0 ? new Message().text(2, "batch") : new Message().number(1, dim));
    }
    Message tensor = new Message().number(1, half ? HALF : 1).message(2, shape);
    return new Message().text(1, name).message(2, new Message().message(1, tensor));
  }

  /** A protobuf message in the making. */
  private static final class Message {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Message number(int field, long value) {
      varint(field << 3);
      varint(value);
      return this;
    }

    Message text(int field, String value) {
      return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    Message message(int field, Message value) {
      return bytes(field, value.out.toByteArray());
    }

    Message bytes(int field, byte[] value) {
      varint((field << 3) | 2);
      varint(value.length);
      out.writeBytes(value);
      return this;
    }

    private void varint(long value) {
      long rest = value;
      while ((rest & ~0x7FL) != 0) {
        out.write((int) ((rest & 0x7F) | 0x80));
        rest >>>= 7;
      }
      out.write((int) rest);
    }
  }
}
