package encas.inference.spark;

import encas.config.PrecomputeSpec.OnFault;
import encas.dataset.BadImageException;
import encas.failure.InvalidInputException;
import encas.failure.RunFailedException;
import encas.inference.InferenceReport.ModelResult;
import encas.inference.ModelGroup;
import encas.inference.SharedSample;
import encas.inference.Work;
import encas.inference.spark.ShardTask.Split;
import encas.outputs.spark.SparkReason;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.LongAccumulator;
import scala.Function2;
import scala.Option;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;
import scala.runtime.BoxedUnit;

/**
 * The pixels that a group's models share: an RDD of one partition a chunk, made by a job of its own
 * before the first model runs and kept by the executors until the last one has ended. A model's
 * tasks go where their pixels lie; those that a lost executor held are made again by whoever needs
 * them.
 */
final class GroupPixels {
  private final ModelGroup group;
  private final JavaRDD<byte[]> pixels;
  private final ResourceProfile decoding;
  private final CompletableFuture<Void> made = new CompletableFuture<>();
  private final AtomicInteger open;

  /**
   * @param decoding what tasks ask for that make them; null for what all tasks do
   * @param decodeNanos adds up the time that this takes
   */
  GroupPixels(
      JavaSparkContext spark,
      ModelGroup group,
      Shipped<Split> split,
      ResourceProfile decoding,
      LongAccumulator decodeNanos) {
    this.group = group;
    this.decoding = decoding;
    this.open = new AtomicInteger(group.work().size());
    List<Integer> chunks =
        new ArrayList<>(IntStream.range(0, group.chunks()).boxed().toList()); // Kryo knows it
    this.pixels =
        spark
            .parallelize(chunks, chunks.size())
            .mapPartitions(new PixelTask(group, split, decodeNanos))
            // What is in memory is bytes already: serialized it would only be copied.
            .persist(StorageLevel.MEMORY_AND_DISK());
  }

  ModelGroup group() {
    return group;
  }

  /**
   * Makes the pixels of some chunks. Whoever waits for them has to be told if that fails, by {@link
   * #fail}.
   *
   * @param tag is put on the job
   */
  void make(BitSet chunks, OnFault onBadImage, String tag) {
    if (!chunks.isEmpty()) {
      run(chunks, onBadImage == OnFault.SKIP, tag);
    }
    made.complete(null);
  }

  /** Tells those who wait that there will be none. */
  void fail(RuntimeException failure) {
    made.completeExceptionally(failure);
  }

  private void run(BitSet chunks, boolean skipBadImages, String tag) {
    SparkContext context = pixels.context();
    context.setJobGroup(
        tag + "-pixels-" + pixels.id(),
        String.format(
            "decode split %s for %d models at %d x %d",
            group.split(),
            group.work().size(),
            group.pixels().input().height(),
            group.pixels().input().width()),
        true);
    context.addJobTag(tag);
    List<Object> partitions = new ArrayList<>(chunks.stream().boxed().toList());
    List<byte[]> fatal = new ArrayList<>();
    try {
      context.runJob(
          making(),
          (Function2<TaskContext, Iterator<byte[]>, byte[]> & Serializable)
              (task, samples) -> firstFatal(samples, skipBadImages),
          CollectionConverters.asScala(partitions).toSeq(),
          (index, sample) -> {
            if (sample.length > 0) {
              fatal.add(sample);
            }
            return BoxedUnit.UNIT;
          },
          ClassTag$.MODULE$.apply(byte[].class));
    } catch (Exception e) { // Scala throws checked exceptions without declaring them
      throw new RunFailedException(
          "decoding split "
              + group.split()
              + " failed: "
              + SparkReason.of(e)
              + "; run again to go on",
          e);
    } finally {
      context.clearJobGroup();
      context.removeJobTag(tag);
    }
    if (!fatal.isEmpty()) {
      try {
        SharedSample.read(fatal.get(0), null);
      } catch (BadImageException e) {
        throw new InvalidInputException(ShardTask.badImage(group.split(), e), e);
      }
    }
  }

  /** The pixels' RDD itself has no profile: it would be that of the models' tasks, too. */
  private RDD<byte[]> making() {
    return decoding == null
        ? pixels.rdd()
        : pixels.mapPartitions(samples -> samples).rdd().withResources(decoding);
  }

  /** The first sample that ends the run, or nothing; Spark has made and stored all before. */
  private static byte[] firstFatal(Iterator<byte[]> samples, boolean skipBadImages) {
    byte[] first = {};
    while (samples.hasNext()) {
      byte[] sample = samples.next();
      if (first.length == 0 && SharedSample.isFatal(sample, skipBadImages)) {
        first = sample;
      }
    }
    return first;
  }

  /**
   * A model's tasks over the pixels, one partition a shard.
   *
   * @throws RuntimeException why there are none
   */
  RDD<byte[]> tasks(Work work, ShardTask task) throws InterruptedException {
    try {
      made.get();
    } catch (ExecutionException e) {
      throw (RuntimeException) e.getCause();
    }
    int chunks = work.shardSize() / group.chunkSize();
    RDD<byte[]> shards =
        pixels.rdd().coalesce(work.shards(), false, Option.apply(new ShardChunks(chunks)), null);
    return JavaRDD.fromRDD(shards, ClassTag$.MODULE$.apply(byte[].class))
        .mapPartitionsWithIndex(task, false)
        .rdd();
  }

  /** Lets a model use them; with the last one the pixels go, and leave their room. */
  ModelResult use(ModelStep step, PixelRoom room) throws IOException, InterruptedException {
    try {
      return step.call();
    } finally {
      if (open.decrementAndGet() == 0) {
        free();
        room.leave(group.bytes());
      }
    }
  }

  void free() {
    pixels.unpersist(false);
  }
}
