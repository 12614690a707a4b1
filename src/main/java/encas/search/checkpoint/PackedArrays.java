package encas.search.checkpoint;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Arrays of numbers as byte strings, little-endian. An {@code int[]} begins with a byte that says
 * how wide its numbers are, 1 byte (0 to 255), 2 or 4 (signed): the least that holds them all. A
 * {@code double[]} is 8 bytes a number.
 */
final class PackedArrays {
  private PackedArrays() {}

  static SimpleModule module() {
    return new SimpleModule()
        .addSerializer(int[].class, new IntsWriter())
        .addDeserializer(int[].class, new IntsReader())
        .addSerializer(double[].class, new DoublesWriter())
        .addDeserializer(double[].class, new DoublesReader());
  }

  private static byte[] packed(int[] numbers) {
    int width = width(numbers);
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.addExact(1, Math.multiplyExact(width, numbers.length)))
            .order(ByteOrder.LITTLE_ENDIAN)
            .put((byte) width);
    for (int number : numbers) {
      switch (width) {
        case Byte.BYTES -> bytes.put((byte) number);
        case Short.BYTES -> bytes.putShort((short) number);
        default -> bytes.putInt(number);
      }
    }
    return bytes.array();
  }

  private static int width(int[] numbers) {
    int width = Byte.BYTES;
    for (int number : numbers) {
      if (number != (short) number) {
        return Integer.BYTES;
      }
      if (number != Byte.toUnsignedInt((byte) number)) {
        width = Short.BYTES;
      }
    }
    return width;
  }

  /** Null unless the bytes are such an array. */
  private static int[] unpacked(byte[] packed) {
    int width = packed.length == 0 ? 0 : packed[0];
    boolean known = width == Byte.BYTES || width == Short.BYTES || width == Integer.BYTES;
    if (!known || (packed.length - 1) % width != 0) {
      return null;
    }
    ByteBuffer bytes = ByteBuffer.wrap(packed, 1, packed.length - 1).order(ByteOrder.LITTLE_ENDIAN);
    int[] numbers = new int[(packed.length - 1) / width];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] =
          switch (width) {
            case Byte.BYTES -> Byte.toUnsignedInt(bytes.get());
            case Short.BYTES -> bytes.getShort();
            default -> bytes.getInt();
          };
    }
    return numbers;
  }

  private static final class IntsWriter extends StdSerializer<int[]> {
    private static final long serialVersionUID = 1L;

    IntsWriter() {
      super(int[].class);
    }

    @Override
    public void serialize(int[] numbers, JsonGenerator to, SerializerProvider provider)
        throws IOException {
      to.writeBinary(packed(numbers));
    }
  }

  private static final class IntsReader extends StdDeserializer<int[]> {
    private static final long serialVersionUID = 1L;

    IntsReader() {
      super(int[].class);
    }

    @Override
    public int[] deserialize(JsonParser from, DeserializationContext context) throws IOException {
      int[] numbers = unpacked(from.getBinaryValue());
      if (numbers == null) {
        throw JsonMappingException.from(from, "not an array of numbers");
      }
      return numbers;
    }
  }

  private static final class DoublesWriter extends StdSerializer<double[]> {
    private static final long serialVersionUID = 1L;

    DoublesWriter() {
      super(double[].class);
    }

    @Override
    public void serialize(double[] numbers, JsonGenerator to, SerializerProvider provider)
        throws IOException {
      ByteBuffer bytes =
          ByteBuffer.allocate(Math.multiplyExact(Double.BYTES, numbers.length))
              .order(ByteOrder.LITTLE_ENDIAN);
      bytes.asDoubleBuffer().put(numbers);
      to.writeBinary(bytes.array());
    }
  }

  private static final class DoublesReader extends StdDeserializer<double[]> {
    private static final long serialVersionUID = 1L;

    DoublesReader() {
      super(double[].class);
    }

    @Override
    public double[] deserialize(JsonParser from, DeserializationContext context)
        throws IOException {
      byte[] packed = from.getBinaryValue();
      if (packed.length % Double.BYTES != 0) {
        throw JsonMappingException.from(from, "not an array of numbers");
      }
      double[] numbers = new double[packed.length / Double.BYTES];
      ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(numbers);
      return numbers;
    }
  }
}
