package encas.moea;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A snapshot in plain data, and the live thing that it was taken of, for the first who goes on from
 * there in this JVM. Whoever comes later, or has the data alone since it has travelled, makes the
 * thing anew from them; so what comes of a snapshot never depends on who was first.
 *
 * <pre>{@code
 * List<int[]> snapshot = Handover.of(entries, table); // and the giver lets go of the table
 * long[] table = Handover.take(snapshot, long[].class); // null for all but the first
 * }</pre>
 */
public final class Handover<E> extends AbstractList<E> implements RandomAccess {
  private final List<E> data;
  private final AtomicReference<Object> live;

  private Handover(List<E> data, Object live) {
    this.data = data;
    this.live = new AtomicReference<>(live);
  }

  /**
   * The data, with the thing.
   *
   * @param live equal to what is made of the data, and left alone by the caller from now on
   */
  public static <E> List<E> of(List<E> data, Object live) {
    return new Handover<>(data, live);
  }

  /** The thing that came with the data; null if there is none any more. */
  public static <T> T take(List<?> snapshot, Class<T> type) {
    return snapshot instanceof Handover<?> here ? type.cast(here.live.getAndSet(null)) : null;
  }

  @Override
  public E get(int at) {
    return data.get(at);
  }

  @Override
  public int size() {
    return data.size();
  }
}
