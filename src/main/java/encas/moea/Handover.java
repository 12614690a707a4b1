package encas.moea;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * A snapshot in plain data, and the live thing that it was taken of, for the first who goes on from
 * there in this JVM. Whoever comes later, or has the data alone since it has travelled, makes the
 * thing anew from them; so what comes of a snapshot never depends on who was first.
 *
 * <pre>{@code
 * List<int[]> snapshot = Handover.of(entries, table); // and the giver lets go of the table
 * long[] table = Handover.takeOr(snapshot, long[].class, () -> tableOf(snapshot)); // made anew
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

  /**
   * The thing that came with the data, for the first who asks.
   *
   * @param anew makes an equal one of the data, for all others
   */
  public static <T> T takeOr(List<?> snapshot, Class<T> type, Supplier<? extends T> anew) {
    Object live = snapshot instanceof Handover<?> here ? here.live.getAndSet(null) : null;
    return live == null ? anew.get() : type.cast(live);
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
