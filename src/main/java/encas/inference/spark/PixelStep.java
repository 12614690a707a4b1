package encas.inference.spark;

import encas.config.PrecomputeSpec;
import encas.failure.RunFailedException;
import encas.inference.ModelGroup;
import encas.inference.Work;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;

/**
 * Makes a group's pixels when it is their turn and there is room; only the chunks that a model
 * still needs.
 */
record PixelStep(
    GroupPixels pixels, PixelRoom room, int turn, ModelJob job, PrecomputeSpec spec, String tag)
    implements Runnable {

  @Override
  public void run() {
    try {
      room.enter(turn, pixels.group().bytes());
      pixels.make(needed(), spec.onBadImage(), tag);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      pixels.fail(new RunFailedException("inference was interrupted; run again to go on", e));
    } catch (IOException e) {
      pixels.fail(
          new RunFailedException(
              "the outputs cannot be listed: " + e.getMessage() + "; run again to go on", e));
    } catch (RuntimeException e) {
      pixels.fail(e);
    } catch (Error e) { // else its models would wait for ever
      pixels.fail(new RunFailedException("decoding failed: " + e + "; run again to go on", e));
    }
  }

  private BitSet needed() throws IOException {
    ModelGroup group = pixels.group();
    BitSet needed = new BitSet();
    for (Work work : group.work()) {
      int chunks = work.shardSize() / group.chunkSize();
      List<Integer> shards = job.remaining(work);
      shards.forEach(
          shard -> needed.set(shard * chunks, Math.min(group.chunks(), (shard + 1) * chunks)));
      if (needed.cardinality() == group.chunks()) {
        break; // as it is unless a run is taken up again
      }
    }
    return needed;
  }
}
