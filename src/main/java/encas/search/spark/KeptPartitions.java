package encas.search.spark;

import encas.search.checkpoint.Explored;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.storage.BlockResult;
import org.apache.spark.storage.RDDBlockId;
import scala.Option;
import scala.Tuple2;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * What a persisted RDD holds, fetched as blocks: no task has to wait for a core, which a program
 * that was told to stop has no time for. If a block has gone, a job computes it again.
 */
final class KeptPartitions {
  private static final ClassTag<Tuple2<byte[], Explored>> PAIR =
      ClassTag$.MODULE$.apply(Tuple2.class);

  private KeptPartitions() {}

  /** All of it, lazily, one partition at a time. */
  static Stream<Tuple2<byte[], Explored>> of(JavaPairRDD<byte[], Explored> kept) {
    return IntStream.range(0, kept.getNumPartitions())
        .mapToObj(partition -> partition(kept, partition))
        .flatMap(List::stream);
  }

  @SuppressWarnings("unchecked")
  private static List<Tuple2<byte[], Explored>> partition(
      JavaPairRDD<byte[], Explored> kept, int partition) {
    Option<BlockResult> block =
        SparkEnv.get().blockManager().get(new RDDBlockId(kept.id(), partition), PAIR);
    if (block.isEmpty()) {
      return kept.collectPartitions(new int[] {partition})[0];
    }
    List<Tuple2<byte[], Explored>> all = new ArrayList<>();
    var pairs = block.get().data();
    while (pairs.hasNext()) {
      all.add((Tuple2<byte[], Explored>) pairs.next());
    }
    return all;
  }
}
