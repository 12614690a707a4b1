package encas.inference.spark;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Something large that many tasks of many jobs need: sent to a JVM once and unpacked there once,
 * where a task's closure would carry and unpack it each time. Goes by Java serialization, as
 * closures do, so that Kryo need not know its classes.
 */
final class Shipped<T extends Serializable> implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Unpacked in this JVM, the least recently used first. */
  private static final Map<String, Object> UNPACKED = new LinkedHashMap<>(16, 0.75f, true);

  private static final int MOST_UNPACKED = 8;

  private final String key = UUID.randomUUID().toString();
  private final Broadcast<byte[]> packed;

  Shipped(JavaSparkContext spark, T value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.packed = spark.broadcast(bytes.toByteArray());
  }

  @SuppressWarnings("unchecked") // what was packed is a T
  T get() {
    synchronized (UNPACKED) {
      Object value = UNPACKED.get(key);
      if (value == null) {
        value = unpack(packed.value());
        UNPACKED.put(key, value);
        if (UNPACKED.size() > MOST_UNPACKED) {
          UNPACKED.remove(UNPACKED.keySet().iterator().next());
        }
      }
      return (T) value;
    }
  }

  private static Object unpack(byte[] bytes) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes)) {
          @Override
          protected Class<?> resolveClass(ObjectStreamClass type)
              throws IOException, ClassNotFoundException {
            // The application's classes are in the task's loader, not in Spark's.
            return loader == null
                ? super.resolveClass(type)
                : Class.forName(type.getName(), false, loader);
          }
        }) {
      return in.readObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Frees its memory; on the driver, when no more tasks are coming. One that still runs, because
   * its job was cancelled, may fetch it again.
   */
  void free() {
    packed.unpersist(false);
    synchronized (UNPACKED) {
      UNPACKED.remove(key);
    }
  }
}
