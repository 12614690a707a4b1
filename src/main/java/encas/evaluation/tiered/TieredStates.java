package encas.evaluation.tiered;

import encas.cascade.Cascade;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * What the evaluators of a JVM share over one {@link EvaluationTable}: what each model does alone,
 * and a bounded cache of what multisets of models do.
 *
 * <pre>{@code
 * var states = new TieredStates(table, 2L << 30);
 * CascadeScore score = states.evaluator().evaluate(cascade);   // one evaluator a thread
 * }</pre>
 */
public final class TieredStates {
  private static final int GENES = Cascade.MAX_THRESHOLD_GENE + 1;

  /** The part of the memory for first stages. */
  private static final int FIRST_STAGE_SHARE = 8;

  private final EvaluationTable table;
  private final long bytes;
  private final ExitState[] alone;
  private final LevelCounts[] counts;
  private final StateCache cache;
  private final AtomicReferenceArray<Staying> firstStages;
  private final boolean keepFirstStages;

  /**
   * States over a table.
   *
   * @param bytes most memory for them; speed depends on it, results do not
   */
  public TieredStates(EvaluationTable table, long bytes) {
    this.table = table;
    this.bytes = bytes;
    int models = table.models().size();
    this.alone = new ExitState[models];
    this.counts = new LevelCounts[models];
    for (int m = 0; m < models; m++) {
      alone[m] = alone(table, m);
      counts[m] = LevelCounts.of(table.alone(m));
    }
    long firstStageBytes = (long) models * GENES * (table.samples() / 64 + 1) * 12;
    this.keepFirstStages = firstStageBytes <= bytes / FIRST_STAGE_SHARE;
    this.firstStages = new AtomicReferenceArray<>(keepFirstStages ? models * GENES : 0);
    this.cache = new StateCache(bytes - (keepFirstStages ? firstStageBytes : 0), table.samples());
  }

  private static ExitState alone(EvaluationTable table, int model) {
    int samples = table.samples();
    int words = ExitState.words(samples);
    byte[] found = Arrays.copyOf(table.alone(model), words * Long.SIZE);
    ExitState state = new ExitState(new long[words * ExitState.PLANES], 0);
    for (int word = 0; word < words; word++) {
      state.learn(word, Staying.samplesOf(word, samples), found, word * Long.SIZE);
    }
    return state;
  }

  /** A new evaluator over these states; for one thread at a time. */
  public TieredEvaluator evaluator() {
    return new TieredEvaluator(this);
  }

  /** Most memory for the states. */
  public long bytes() {
    return bytes;
  }

  /** The table that the states are of. */
  public EvaluationTable table() {
    return table;
  }

  /** How the states of several models were looked up so far. */
  public CacheUses uses() {
    return cache.uses();
  }

  ExitState alone(int model) {
    return alone[model];
  }

  /** What a model alone does on all samples. */
  LevelCounts counts(int model) {
    return counts[model];
  }

  StateCache cache() {
    return cache;
  }

  /** A model as first stage at a threshold. */
  Staying firstStage(int model, int gene) {
    if (!keepFirstStages) {
      return Staying.of(alone[model], table.samples(), gene);
    }
    int at = model * GENES + gene;
    Staying known = firstStages.get(at);
    if (known == null) {
      known = Staying.of(alone[model], table.samples(), gene);
      firstStages.set(at, known);
    }
    return known;
  }
}
