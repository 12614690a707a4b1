package encas.search.checkpoint;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;

/** {@link Explored} as a byte string. */
final class ExploredBytes {
  private ExploredBytes() {}

  static SimpleModule module() {
    return new SimpleModule("explored")
        .addSerializer(Explored.class, new Writer())
        .addDeserializer(Explored.class, new Reader());
  }

  private static final class Writer extends StdSerializer<Explored> {
    private static final long serialVersionUID = 1L;

    Writer() {
      super(Explored.class);
    }

    @Override
    public void serialize(Explored explored, JsonGenerator to, SerializerProvider provider)
        throws IOException {
      to.writeBinary(explored.bytes());
    }
  }

  private static final class Reader extends StdDeserializer<Explored> {
    private static final long serialVersionUID = 1L;

    Reader() {
      super(Explored.class);
    }

    @Override
    public Explored deserialize(JsonParser from, DeserializationContext context)
        throws IOException {
      return Explored.of(from.getBinaryValue());
    }
  }
}
