package encas.evaluation;

import encas.evaluation.tiered.DenseRows;
import encas.evaluation.tiered.EvaluationTable;
import encas.evaluation.tiered.RangeCut;
import encas.evaluation.tiered.SampleLists;
import encas.evaluation.tiered.StoredFile;
import encas.evaluation.tiered.StoredTable;
import encas.evaluation.tiered.TableIndex;
import encas.evaluation.tiered.TierFiles;
import encas.outputs.Json;
import encas.storage.Half;
import encas.storage.Locations;
import encas.storage.hadoop.HadoopStore;
import encas.synthetic.SyntheticPool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;

/**
 * A synthetic pool of any size as a compact table, kept in a folder. Cut straight from the
 * generator, or from the array that {@code WritePool --raw} wrote; whole rows that the table does
 * not hold are made again.
 */
final class ScalePool {
  private static final int RANGE = 448;
  private static final int MOST_HEADER_BYTES = 1024;

  private final SyntheticPool pool;
  private final HadoopStore store = new HadoopStore(new Configuration());
  private final URI folder;
  private final Optional<Path> array;

  /**
   * A pool in a folder.
   *
   * @param array a file of the pool's rows, {@code [models x samples x classes]} halves after a
   *     header
   */
  ScalePool(int models, int samples, int classes, long seed, Path root, Optional<Path> array) {
    this.array = array;
    pool = SyntheticPool.of(models, samples, classes, seed);
    folder =
        Locations.child(
            root.toAbsolutePath().toUri(),
            "table-"
                + models
                + "-"
                + samples
                + "-"
                + classes
                + "-"
                + seed
                + (array.isPresent() ? "-of-array" : ""));
  }

  SyntheticPool pool() {
    return pool;
  }

  /** The table, loaded; built first if it is not there. */
  EvaluationTable table() throws IOException {
    Optional<TableIndex> stored = StoredTable.index(store, folder);
    TableIndex index = stored.isPresent() ? stored.get() : build();
    long start = System.nanoTime();
    EvaluationTable table =
        StoredTable.load(store, folder, index, index.groups().get(0).models(), rows());
    System.out.printf("load,seconds,%.1f%n", (System.nanoTime() - start) / 1e9);
    return table;
  }

  private TableIndex build() throws IOException {
    long start = System.nanoTime();
    int ranges = (pool.samples() + RANGE - 1) / RANGE;
    TableIndex.Range[] lists = new TableIndex.Range[ranges];
    StoredFile[] tiers = new StoredFile[ranges];
    StoredFile[] dense = new StoredFile[ranges];
    var done = new AtomicInteger();
    var cutNanos = new LongAdder();
    IntStream.range(0, ranges)
        .parallel()
        .forEach(
            r -> {
              int from = r * RANGE;
              int to = Math.min(pool.samples(), from + RANGE);
              try {
                short[][] rows = rows(from, to);
                int[] labels = IntStream.range(from, to).map(pool::label).toArray();
                long began = System.nanoTime();
                RangeCut.Range cut =
                    new RangeCut(pool.classes())
                        .cut(LongStream.range(from, to).toArray(), labels, rows);
                cutNanos.add(System.nanoTime() - began);
                lists[r] = new TableIndex.Range(from, to, to - from, lists(r, cut.lists()));
                tiers[r] =
                    TierFiles.publishTiers(store, folder, "tiers-" + r + ".bin", cut.tiers());
                dense[r] =
                    TierFiles.publishDense(store, folder, "dense-" + r + ".bin", cut.tiers());
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
              System.err.printf("range %d of %d%n", done.incrementAndGet(), ranges);
            });
    List<TableIndex.Model> models = new ArrayList<>();
    pool.ids().forEach(id -> models.add(new TableIndex.Model(id, "generated")));
    TableIndex index =
        new TableIndex(
            TableIndex.VERSION,
            pool.classes(),
            List.of(lists),
            List.of(new TableIndex.Group(models, List.of(tiers), List.of(dense))));
    Json.publish(store, Locations.child(folder, TableIndex.FILE), index);
    System.out.printf(
        "%s and build,seconds,%.1f%ncut alone,thread seconds,%.1f%n",
        array.isPresent() ? "read" : "generate",
        (System.nanoTime() - start) / 1e9,
        cutNanos.sum() / 1e9);
    return index;
  }

  private StoredFile lists(int range, SampleLists lists) throws IOException {
    return TierFiles.publishLists(store, folder, "lists-" + range + ".bin", lists);
  }

  private short[][] rows(int from, int to) throws IOException {
    if (array.isPresent()) {
      return stored(array.get(), from, to);
    }
    short[][] rows = new short[pool.models()][(to - from) * pool.classes()];
    for (int m = 0; m < rows.length; m++) {
      for (int sample = from; sample < to; sample++) {
        pool.row(m, sample, rows[m], (sample - from) * pool.classes());
      }
    }
    return rows;
  }

  private short[][] stored(Path file, int from, int to) throws IOException {
    short[][] rows = new short[pool.models()][(to - from) * pool.classes()];
    try (FileChannel channel = FileChannel.open(file)) {
      long rowBytes = (long) pool.classes() * Short.BYTES;
      long header = channel.size() - (long) pool.models() * pool.samples() * rowBytes;
      if (header < 0 || header > MOST_HEADER_BYTES) {
        throw new IllegalArgumentException(file + " is not an array of this pool");
      }
      ByteBuffer bytes = ByteBuffer.allocateDirect(Math.toIntExact((to - from) * rowBytes));
      for (int m = 0; m < rows.length; m++) {
        bytes.clear();
        long at = header + ((long) m * pool.samples() + from) * rowBytes;
        while (bytes.hasRemaining() && channel.read(bytes, at + bytes.position()) >= 0) {}
        bytes.flip();
        bytes.order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(rows[m]);
      }
    }
    return rows;
  }

  /** Rows, made again. */
  private DenseRows rows() {
    List<String> ids = pool.ids();
    return (model, sample, sums) -> {
      short[] row = new short[sums.length];
      pool.row(ids.indexOf(model), (int) sample, row);
      for (int c = 0; c < sums.length; c++) {
        sums[c] += Half.toUnits(row[c]);
      }
    };
  }
}
