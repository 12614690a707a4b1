package encas.inference.spark;

import encas.failure.InvalidInputException;
import encas.inference.spark.ModelJobs.LostExecutorsException;
import encas.inference.spark.ShardResult.Outcome;
import encas.pool.DeviceMemoryException;
import encas.pool.ModelFaultException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.rdd.RDD;

/** What is done with a model's shards on the cluster. The first shard that fails ends its job. */
record ShardRunner(ModelJobs jobs) {

  /**
   * Computes the shards and waits for them; from any thread.
   *
   * @param tasks one partition a shard, made by {@code task}
   * @param shards to be run, at least one
   * @param stored called for each shard that is stored, one at a time
   * @return results in the order in which they came
   * @throws ModelFaultException if the model is at fault or takes longer than {@code limit}
   * @throws LostExecutorsException if executors ended under it
   * @throws DeviceMemoryException if a smaller batch should be tried
   * @throws InvalidInputException if data or settings cannot be used
   */
  List<ShardResult> run(
      ShardTask task,
      RDD<byte[]> tasks,
      List<Integer> shards,
      Duration limit,
      Consumer<ShardResult> stored) {
    String model = task.work().card().id();
    List<ShardResult> results = new ArrayList<>();
    jobs.ofModel(
        model,
        "model " + model + " on split " + task.parts().split(),
        tasks,
        shards,
        limit,
        (bytes, failed) -> {
          ShardResult result = ShardResult.fromBytes(bytes);
          if (result.outcome() == Outcome.STORED) {
            results.add(result);
            stored.accept(result);
          } else {
            failed.accept(failure(model, result));
          }
        });
    return results;
  }

  /**
   * Finds a model's batch size; from any thread.
   *
   * @throws ModelFaultException if that takes longer than {@code limit}
   * @throws LostExecutorsException if executors ended under it
   */
  int probe(BatchProbe task, Duration limit) {
    String model = task.model().work().card().id();
    AtomicInteger size = new AtomicInteger(task.model().work().batchSize());
    jobs.ofModel(
        model,
        "batch size of model " + model,
        jobs.parallel(List.of(0)).map(task).rdd(),
        List.of(0),
        limit,
        (bytes, failed) -> size.set(BatchProbe.size(bytes)));
    return size.get();
  }

  /**
   * Reads shards that an earlier run has stored; from any thread.
   *
   * @return those that can be used
   */
  List<ShardResult> read(KeptShards task, List<Integer> shards) {
    String model = task.work().card().id();
    List<ShardResult> usable = new ArrayList<>();
    jobs.beside(
        model,
        "read what is there of model " + model + " on split " + task.parts().split(),
        jobs.parallel(shards).map(task).rdd(),
        IntStream.range(0, shards.size()).boxed().toList(),
        bytes -> {
          ShardResult result = ShardResult.fromBytes(bytes);
          if (result.outcome() == Outcome.STORED) {
            usable.add(result);
          }
        });
    return usable;
  }

  private static RuntimeException failure(String model, ShardResult result) {
    return switch (result.outcome()) {
      case MODEL_FAULT -> new ModelFaultException(model, result.message(), null);
      case DEVICE_MEMORY -> new DeviceMemoryException(model, null);
      case DAMAGED -> new EarlierRowsException(result.message(), null);
      default -> new InvalidInputException(result.message());
    };
  }
}
