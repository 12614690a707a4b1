package encas.outputs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import encas.failure.InvalidInputException;
import encas.storage.Store;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The table's small JSON files: one value a file, keys in a fixed order, written atomically. */
public final class Json {
  /** Far above any manifest; a larger file is no such thing. */
  private static final int MAX_BYTES = 1 << 24;

  private static final ObjectMapper MAPPER = mapper();

  private Json() {}

  private static ObjectMapper mapper() {
    ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    mapper
        .getFactory()
        .setStreamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(20).build());
    return mapper;
  }

  /** The value as indented JSON with a line feed at its end. */
  public static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot be written as JSON: " + value, e);
    }
  }

  public static void publish(Store store, URI file, Object value) throws IOException {
    byte[] bytes = write(value).getBytes(StandardCharsets.UTF_8);
    store.publish(file, out -> out.write(bytes));
  }

  /**
   * The file's value, or empty if there is no such file.
   *
   * @param what how to call the file in a message
   * @throws InvalidInputException if it is not JSON of that type
   */
  public static <T> Optional<T> read(Store store, URI file, Class<T> type, String what) {
    try {
      return value(store, file, type);
    } catch (JsonProcessingException e) {
      if (e.getCause() instanceof InvalidInputException sound) { // but not for this version
        throw new InvalidInputException(what + " " + file + ": " + sound.getMessage(), e);
      }
      throw new InvalidInputException(
          what
              + " "
              + file
              + " is damaged: "
              + e.getOriginalMessage().lines().findFirst().orElse("")
              + "; delete it to have the model run (or imported) again",
          e);
    } catch (IOException e) {
      throw InvalidInputException.unreadable(what, file, e);
    }
  }

  /**
   * The value of a file that can be made again: empty, too, if it is damaged.
   *
   * @param what how to call the file in a message
   * @throws InvalidInputException if it cannot be read
   */
  public static <T> Optional<T> readIfSound(Store store, URI file, Class<T> type, String what) {
    try {
      return value(store, file, type);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw InvalidInputException.unreadable(what, file, e);
    }
  }

  private static <T> Optional<T> value(Store store, URI file, Class<T> type) throws IOException {
    try (InputStream in = store.open(file)) {
      return Optional.of(MAPPER.readValue(in.readNBytes(MAX_BYTES), type));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }
}
