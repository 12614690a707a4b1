package encas.search.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Encoded tasks on their way to executors, a broadcast a partition, fetched by the one task that
 * needs it. As a parallelized collection they would travel with the tasks of every later epoch that
 * goes back to them, megabytes an island.
 *
 * @param partitions consecutive tasks each
 */
record SentTasks(List<Broadcast<byte[][]>> partitions) implements AutoCloseable {

  /**
   * Cuts tasks into partitions of about equal numbers.
   *
   * @param most partitions
   */
  static SentTasks of(JavaSparkContext spark, List<byte[]> tasks, int most) {
    int count = Math.min(most, tasks.size());
    List<Broadcast<byte[][]>> partitions = new ArrayList<>();
    for (int p = 0; p < count; p++) {
      int from = (int) ((long) tasks.size() * p / count);
      int to = (int) ((long) tasks.size() * (p + 1) / count);
      partitions.add(spark.broadcast(tasks.subList(from, to).toArray(byte[][]::new)));
    }
    return new SentTasks(partitions);
  }

  /** All tasks, in their order. */
  JavaRDD<byte[]> tasks(JavaSparkContext spark) {
    List<Broadcast<byte[][]>> sent = partitions;
    List<Integer> numbers =
        new ArrayList<>(IntStream.range(0, sent.size()).boxed().toList()); // Kryo knows it
    return spark
        .parallelize(numbers, numbers.size())
        .flatMap(number -> Arrays.asList(sent.get(number).value()).iterator());
  }

  /** Drops them; nobody may go back to them. */
  @Override
  public void close() {
    partitions.forEach(broadcast -> broadcast.destroy());
  }
}
