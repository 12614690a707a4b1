package encas.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.config.SearchSpec.Algorithm;
import encas.search.checkpoint.StoredCheckpoint;
import encas.search.island.ThreadedIslands;
import encas.storage.Store;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A checkpoint's writes fail, one after the other: on a disk that is full, or in a process that
 * ends.
 */
class FullDiskTest {
  private static final Clock CLOCK = Clock.systemUTC();

  private final SearchSpace space = SearchTest.space(12, 80);
  private final SearchSettings settings = SearchTest.settings(Algorithm.MO_GOMEA, 2, 900);
  private final ThreadedIslands islands = new ThreadedIslands(settings, space, CLOCK);
  private final Store disk = new HadoopStore(new Configuration());
  @TempDir private Path folder;

  @Test
  void whichever_write_of_a_checkpoint_fails_the_search_goes_on_from_the_one_before()
      throws IOException {
    SearchProgress undisturbed = search(SearchCheckpoint.NONE);
    int writes = 0;
    int resumed = 0;
    for (boolean full = true; full; writes++) {
      URI place = folder.resolve("full-after-" + writes).toUri();
      full = isFull(new FullDisk(disk, writes), place);
      StoredCheckpoint sound = checkpoint(disk, place);
      resumed += sound.restore().isPresent() ? 1 : 0;
      SearchTest.assertSameFront(undisturbed, search(sound));
    }
    assertTrue(
        writes > 2 * undisturbed.epoch() && resumed > undisturbed.epoch(),
        () -> "every epoch writes states and progress, and is gone on from: " + undisturbed);
  }

  /** Whether a search met the end of the disk; nothing else may stop it. */
  private boolean isFull(Store store, URI place) {
    try {
      search(checkpoint(store, place));
      return false;
    } catch (IOException e) {
      assertEquals(FullDisk.MESSAGE, e.getMessage());
      return true;
    }
  }

  private SearchProgress search(SearchCheckpoint checkpoint) throws IOException {
    SearchLimits limits = SearchLimits.none(150);
    return new Search(
            settings, space, limits, SearchTest.REFERENCE, checkpoint, progress -> {}, CLOCK)
        .run(islands);
  }

  private static StoredCheckpoint checkpoint(Store store, URI place) {
    return new StoredCheckpoint(store, place, Map.of(), Duration.ZERO, CLOCK);
  }

  /**
   * A disk with room for a number of writes; the one after those breaks off in its middle.
   *
   * @param disk the real one
   */
  private static final class FullDisk implements Store {
    static final String MESSAGE = "No space left on device";

    private final Store disk;
    private int left;

    FullDisk(Store disk, int writes) {
      this.disk = disk;
      this.left = writes;
    }

    private void write() throws IOException {
      if (left-- == 0) {
        throw new IOException(MESSAGE);
      }
    }

    @Override
    public void publish(URI file, Content content) throws IOException {
      disk.publish(
          file,
          out -> {
            content.writeTo(out);
            write();
          });
    }

    @Override
    public void move(URI from, URI to) throws IOException {
      write();
      disk.move(from, to);
    }

    @Override
    public void delete(URI place) throws IOException {
      write();
      disk.delete(place);
    }

    @Override
    public InputStream open(URI file) throws IOException {
      return disk.open(file);
    }

    @Override
    public Optional<Entry> find(URI place) throws IOException {
      return disk.find(place);
    }

    @Override
    public List<Entry> list(URI directory) throws IOException {
      return disk.list(directory);
    }
  }
}
