package encas.inference.spark;

import encas.failure.InvalidInputException;
import encas.inference.Work;
import encas.inference.spark.ShardResult.Outcome;
import encas.inference.spark.ShardTask.Split;
import encas.outputs.FileSummary;
import encas.outputs.Parts;
import encas.outputs.hadoop.OutputFile;
import encas.outputs.hadoop.PassingFault;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import org.apache.spark.api.java.function.Function;

/**
 * One task: reads a shard that an earlier run has stored, so that it need not be computed again. If
 * it cannot be used, that is its result, and it is made anew.
 *
 * @param skipping whether samples may be missing, whose pictures could not be decoded
 */
record KeptShards(Shipped<Split> split, Work work, Parts parts, int classes, boolean skipping)
    implements Function<Integer, byte[]> {

  @Override
  public byte[] call(Integer shard) throws IOException {
    return read(shard).toBytes();
  }

  private ShardResult read(int shard) throws IOException {
    long from = work.from(shard);
    long to = work.to(shard);
    HadoopStore store = split.get().store();
    boolean moved = !store.exists(parts.file(shard));
    FileSummary file;
    try {
      file =
          OutputFile.summarise(store, moved ? parts.published(shard) : parts.file(shard), from, to);
    } catch (InvalidInputException | IllegalArgumentException e) {
      PassingFault.rethrow(e);
      return ShardResult.not(shard, Outcome.DAMAGED, e.getMessage());
    }
    boolean other = file.rows() > 0 && file.classes() != classes;
    if (other || (!skipping && file.rows() != to - from)) {
      return ShardResult.not(shard, Outcome.DAMAGED, "its rows are not those of the shard");
    }
    return ShardResult.kept(shard, file, file.missing(from, to).toArray());
  }
}
