package encas.search.checkpoint;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A search's plain records as CBOR (RFC 8949), maps of component names to values: the one byte form
 * in which states and migrants lie in checkpoints and travel to executors and back. Arrays of
 * numbers are byte strings, as {@link PackedArrays} makes them: a memo of millions is copied, not
 * spelled out.
 */
public final class StateCodec {
  static final ObjectMapper CBOR =
      CBORMapper.builder()
          // The components of the records are the state; what they compute is not.
          .visibility(PropertyAccessor.FIELD, Visibility.ANY)
          .visibility(PropertyAccessor.GETTER, Visibility.NONE)
          .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
          .addModule(PackedArrays.module())
          .build();

  private StateCodec() {}

  public static byte[] encode(Object state) {
    try {
      return CBOR.writeValueAsBytes(state);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
  }

  /**
   * The record that was encoded.
   *
   * @throws UncheckedIOException if the bytes are damaged
   */
  public static <T> T decode(byte[] bytes, Class<T> type) {
    try {
      return CBOR.readValue(bytes, type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
