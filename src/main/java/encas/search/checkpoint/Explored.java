package encas.search.checkpoint;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonCreator.Mode;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.Serial;
import java.io.Serializable;

/**
 * What an island has explored: a record of its explorer's where it was made, the record's bytes
 * where it has travelled or was stored. Either is made from the other when it is asked for, so that
 * epochs in one JVM hand the record on, and nobody encodes a memo of millions that nobody reads.
 *
 * <pre>{@code
 * Explored explored = Explored.of(explorer.state());
 * NsgaState state = explored.as(NsgaState.class);
 * }</pre>
 *
 * <p>Immutable, as are the records: whoever goes on from one writes to none of its arrays. The
 * first who does may find live parts along with it, see {@link encas.moea.Handover}, and comes to
 * the same.
 */
public final class Explored implements Serializable {
  @Serial private static final long serialVersionUID = 1;

  private final transient Record state;
  private final byte[] bytes;

  private Explored(Record state, byte[] bytes) {
    this.state = state;
    this.bytes = bytes;
  }

  public static Explored of(Record state) {
    return new Explored(state, null);
  }

  /** What {@link #bytes} gave; they are not to be written any more. */
  @JsonCreator(mode = Mode.DELEGATING)
  public static Explored of(byte[] bytes) {
    return new Explored(null, bytes);
  }

  /** The record as {@link StateCodec} writes it. */
  @JsonValue
  public byte[] bytes() {
    return bytes == null ? StateCodec.encode(state) : bytes;
  }

  @Serial
  private Object writeReplace() {
    return of(bytes());
  }

  /**
   * The record.
   *
   * @throws java.io.UncheckedIOException if the bytes are not one of this type
   */
  public <T extends Record> T as(Class<T> type) {
    return bytes == null ? type.cast(state) : StateCodec.decode(bytes, type);
  }
}
