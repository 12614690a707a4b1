package encas.search.checkpoint;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A search's plain records as gzipped JSON, for checkpoints and for the way to executors and back.
 */
public final class StateCodec {
  static final ObjectMapper JSON =
      JsonMapper.builder()
          // The components of the records are the state; what they compute is not.
          .visibility(PropertyAccessor.FIELD, Visibility.ANY)
          .visibility(PropertyAccessor.GETTER, Visibility.NONE)
          .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
          .build();

  private StateCodec() {}

  public static byte[] encode(Object state) {
    var bytes = new ByteArrayOutputStream();
    try (var zipped = new GZIPOutputStream(bytes)) {
      JSON.writeValue(zipped, state);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return bytes.toByteArray();
  }

  /**
   * The record that was encoded.
   *
   * @throws UncheckedIOException if the bytes are damaged
   */
  public static <T> T decode(byte[] bytes, Class<T> type) {
    try (var zipped = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return JSON.readValue(zipped, type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
