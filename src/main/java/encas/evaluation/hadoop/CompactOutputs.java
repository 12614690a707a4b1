package encas.evaluation.hadoop;

import encas.evaluation.CascadeEvaluator;
import encas.evaluation.EvaluatorSource;
import encas.evaluation.ScaledSplit;
import encas.evaluation.tiered.CacheUses;
import encas.evaluation.tiered.EvaluationTable;
import encas.evaluation.tiered.StoredTable;
import encas.evaluation.tiered.TableIndex;
import encas.evaluation.tiered.TieredStates;
import encas.failure.InvalidInputException;
import encas.failure.RunFailedException;
import encas.outputs.hadoop.OutputTable;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A split's outputs by their compact table: loaded by whoever first needs an evaluator, once a JVM,
 * and shared by all its threads. What travels is where the table lies.
 */
public final class CompactOutputs implements EvaluatorSource {
  private static final long serialVersionUID = 1L;

  /** Memory of a JVM for states where none is given. */
  private static final long DEFAULT_STATES = 2L << 30;

  /** Least memory for states that is worth a search, beside the table. */
  private static final long LEAST_STATES = 32L << 20;

  /** The table in use; another search's takes its place. */
  private static final AtomicReference<Loaded> IN_USE = new AtomicReference<>();

  private final OutputTable table;
  private final ScaledSplit split;
  private final ArrayList<String> ids;
  private final ArrayList<String> rowsSha256;
  private final long stateBytes;

  private record Loaded(String key, TieredStates states) {}

  /**
   * Outputs of some models.
   *
   * @param models in the order of the model genes
   * @param stateBytes memory of a JVM for states; 0 for what the heap leaves, 2 GiB at most
   */
  public CompactOutputs(
      OutputTable table, ScaledSplit split, List<TableIndex.Model> models, long stateBytes) {
    this.table = table;
    this.split = split;
    this.ids = new ArrayList<>(models.stream().map(TableIndex.Model::id).toList());
    this.rowsSha256 = new ArrayList<>(models.stream().map(TableIndex.Model::rowsSha256).toList());
    this.stateBytes = stateBytes;
  }

  /** Where the compact table of a split lies. */
  public static URI folder(OutputTable table, ScaledSplit split) {
    return split.isAsStored()
        ? table.layout().compact(split.name())
        : table.layout().compactScaled(split.name());
  }

  @Override
  public List<String> models() {
    return List.copyOf(ids);
  }

  @Override
  public CascadeEvaluator evaluator() {
    try {
      return states().evaluator();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  @Override
  public EvaluatorSource forOneRun() {
    try {
      TieredStates shared = states();
      long bytes = shared.bytes() / Runtime.getRuntime().availableProcessors();
      TieredStates own = new TieredStates(shared.table(), Math.max(LEAST_STATES, bytes));
      return new EvaluatorSource() {
        private static final long serialVersionUID = 1L;

        @Override
        public List<String> models() {
          return CompactOutputs.this.models();
        }

        @Override
        public CascadeEvaluator evaluator() {
          return own.evaluator();
        }
      };
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private RunFailedException unreadable(IOException e) {
    return new RunFailedException(
        "the compact table of split " + split.name() + " cannot be read: " + e.getMessage(), e);
  }

  /**
   * The states of this JVM, loaded if they are not.
   *
   * @throws encas.evaluation.tiered.DamagedTableException if a file is missing or changed
   */
  public TieredStates states() throws IOException {
    String key =
        table.layout().root() + " " + split.name() + " " + ids + rowsSha256 + " " + stateBytes;
    synchronized (IN_USE) {
      Loaded loaded = IN_USE.get();
      if (loaded == null || !loaded.key.equals(key)) {
        IN_USE.set(null); // the old one's memory is needed for the new one
        loaded = new Loaded(key, load());
        IN_USE.set(loaded);
      }
      return loaded.states;
    }
  }

  /** How the states in use on this JVM were looked up. */
  public static CacheUses uses() {
    Loaded loaded = IN_USE.get();
    return loaded == null ? CacheUses.NONE : loaded.states.uses();
  }

  private TieredStates load() throws IOException {
    TableIndex index = index();
    long heap = Runtime.getRuntime().maxMemory();
    long size = EvaluationTable.bytes(ids.size(), index.samples(), index.classes());
    if (!fits(size, heap)) {
      throw new InvalidInputException(
          String.format(
              "the compact table of %d models x %d samples takes %.1f GiB, the heap is %.1f GiB;"
                  + " give --conf spark.driver.memory=%dg (on a cluster spark.executor.memory, too)",
              ids.size(),
              index.samples(),
              size / 0x1p30,
              heap / 0x1p30,
              (long) Math.ceil(size * 1.2 / 0x1p30) + 2));
    }
    long left = (heap - size) / 2;
    return new TieredStates(
        table(index), stateBytes > 0 ? stateBytes : Math.min(DEFAULT_STATES, left));
  }

  /** Whether a JVM with this JVM's heap can hold the table. */
  public boolean fits() {
    TableIndex index = index();
    long size = EvaluationTable.bytes(ids.size(), index.samples(), index.classes());
    return fits(size, Runtime.getRuntime().maxMemory());
  }

  private static boolean fits(long size, long heap) {
    return size + LEAST_STATES <= heap * 9 / 10;
  }

  /**
   * A slice of the samples, loaded anew with memory for few states.
   *
   * @param slice 0 .. slices-1, in the order of the samples
   * @param slices at most {@link #ranges}
   */
  public TieredStates slice(int slice, int slices) throws IOException {
    TableIndex index = index();
    int ranges = index.ranges().size();
    int from = (int) ((long) ranges * slice / slices);
    int to = (int) ((long) ranges * (slice + 1) / slices);
    return new TieredStates(table(index.slice(from, to)), LEAST_STATES);
  }

  /** Ranges of samples of the stored table: the most slices that there can be. */
  public int ranges() {
    return index().ranges().size();
  }

  /** Samples, N. */
  public int samples() {
    return index().samples();
  }

  private TableIndex index() {
    URI folder = folder(table, split);
    return StoredTable.index(table.store(), folder)
        .orElseThrow(
            () ->
                new RunFailedException(
                    "the compact table " + folder + " has gone while it was in use; run again",
                    null));
  }

  private EvaluationTable table(TableIndex index) throws IOException {
    List<TableIndex.Model> models = new ArrayList<>();
    for (int m = 0; m < ids.size(); m++) {
      models.add(new TableIndex.Model(ids.get(m), rowsSha256.get(m)));
    }
    return StoredTable.load(
        table.store(),
        folder(table, split),
        index,
        models,
        new PublishedRows(table, split, index.classes()));
  }
}
