package encas.cli;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import encas.evaluation.hadoop.CompactOutputs;
import encas.search.SearchSpace;
import org.apache.spark.serializer.KryoRegistrator;

/**
 * The classes that Spark ships for this program. Most of what travels is bytes in formats of our
 * own; these go by Java serialization inside Kryo, which knows records and immutable lists, as Kryo
 * does not. Nothing is stored this way.
 */
public final class KryoRegistration implements KryoRegistrator {

  @Override
  public void registerClasses(Kryo kryo) {
    for (Class<?> type : new Class<?>[] {SearchSpace.class, CompactOutputs.class}) {
      kryo.register(type, new JavaSerializer());
    }
  }
}
