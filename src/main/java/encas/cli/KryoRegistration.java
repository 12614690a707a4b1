package encas.cli;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import encas.evaluation.hadoop.CompactOutputs;
import encas.evaluation.hadoop.WholeRows;
import encas.search.SearchSpace;
import encas.search.checkpoint.Explored;
import org.apache.spark.serializer.KryoRegistrator;

/**
 * The classes that Spark ships for this program. Most of what travels is bytes in formats of our
 * own; these go by Java serialization inside Kryo, which knows records and immutable lists, as Kryo
 * does not. Nothing is stored this way.
 */
public final class KryoRegistration implements KryoRegistrator {
  /** What Spark ML's loaders ship of their own, hidden from the compiler. */
  private static final String[] OF_SPARK_ML = {
    "org.apache.spark.ml.linalg.VectorUDT",
    "org.apache.spark.ml.linalg.MatrixUDT",
    "[Lorg.apache.spark.ml.tree.Node;",
    "org.apache.spark.ml.tree.InternalNode",
    "org.apache.spark.ml.tree.LeafNode",
    "org.apache.spark.ml.tree.DecisionTreeModelReadWrite$SplitData",
    "org.apache.spark.ml.tree.DecisionTreeModelReadWrite$NodeData",
    "org.apache.spark.sql.types.ArrayType",
    "org.apache.spark.sql.types.BooleanType$",
    "org.apache.spark.sql.types.ByteType$",
    "org.apache.spark.sql.types.DoubleType$",
    "org.apache.spark.sql.types.IntegerType$",
    "org.apache.spark.sql.types.LongType$",
    "org.apache.spark.sql.types.StringType$",
    "org.apache.spark.sql.types.StructType",
    "org.apache.spark.ml.util.DefaultParamsReader$Metadata"
  };

  @Override
  public void registerClasses(Kryo kryo) {
    for (Class<?> type :
        new Class<?>[] {SearchSpace.class, CompactOutputs.class, WholeRows.class, Explored.class}) {
      kryo.register(type, new JavaSerializer());
    }
    for (String type : OF_SPARK_ML) {
      kryo.register(loaded(type), new JavaSerializer());
    }
  }

  private static Class<?> loaded(String type) {
    try {
      return Class.forName(type, false, KryoRegistration.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("this Spark has no " + type, e);
    }
  }
}
