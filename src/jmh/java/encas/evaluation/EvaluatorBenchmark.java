package encas.evaluation;

import encas.cascade.Cascade;
import encas.cascade.CascadeEncoding;
import encas.evaluation.tiered.EvaluationTable;
import encas.evaluation.tiered.RangeCut;
import encas.evaluation.tiered.TieredEvaluator;
import encas.evaluation.tiered.TieredStates;
import encas.outputs.SplitOutputs;
import encas.synthetic.SyntheticPool;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The kernels of the evaluators on one thread, 64 models x 2048 samples x 1000 classes, the same
 * 200 random cascades of up to five models. The baseline is {@link #dense}, whole rows in memory.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx4g")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class EvaluatorBenchmark {
  private static final int MODELS = 64;
  private static final int SAMPLES = 2048;
  private static final int CLASSES = 1000;
  private static final int CASCADES = 200;
  private static final int RANGE = 256;

  private final List<Cascade> cascades = new ArrayList<>();
  private EvaluationTable table;
  private CascadeEvaluator dense;
  private TieredEvaluator cached;
  private short[][] rangeRows;
  private int[] rangeLabels;

  @Setup
  public void setUp() {
    SplitOutputs outputs = SyntheticPool.of(MODELS, SAMPLES, CLASSES, 1).outputs();
    table = EvaluationTable.of(outputs);
    dense = new DenseOutputs(outputs).evaluator();
    cached = new TieredStates(table, 1L << 30).evaluator();
    var random = new SplittableRandom(7);
    var encoding = new CascadeEncoding(MODELS, 5, CascadeEncoding.Mode.CASCADE);
    for (int i = 0; i < CASCADES; i++) {
      int[] genotype = new int[encoding.genes()];
      for (int gene = 0; gene < genotype.length; gene++) {
        genotype[gene] = random.nextInt(gene < 5 ? 1 : 0, encoding.values(gene));
      }
      cascades.add(encoding.decode(genotype));
    }
    rangeRows = new short[MODELS][RANGE * CLASSES];
    for (int m = 0; m < MODELS; m++) {
      System.arraycopy(outputs.rows(m), 0, rangeRows[m], 0, RANGE * CLASSES);
    }
    rangeLabels = IntStream.range(0, RANGE).map(outputs::label).toArray();
  }

  /** The baseline. */
  @Benchmark
  @OperationsPerInvocation(CASCADES)
  public int dense() {
    return evaluate(dense);
  }

  /** Nothing is known yet. */
  @Benchmark
  @OperationsPerInvocation(CASCADES)
  public int fill() {
    return evaluate(new TieredStates(table, 1L << 30).evaluator());
  }

  /** Everything is known. */
  @Benchmark
  @OperationsPerInvocation(CASCADES)
  public int hits() {
    return evaluate(cached);
  }

  /** A pair of models at all 51 thresholds, everything known. */
  @Benchmark
  public int sweepPair() {
    return cached.sweep(new Cascade(new int[] {20, 60}, new int[] {0}), 0).size();
  }

  /** The same, one threshold after the other: the baseline of the sweep. */
  @Benchmark
  public int sweepPairOneByOne() {
    int wrong = 0;
    for (int gene = 0; gene <= Cascade.MAX_THRESHOLD_GENE; gene++) {
      wrong += cached.evaluate(new Cascade(new int[] {20, 60}, new int[] {gene})).wrong();
    }
    return wrong;
  }

  /** Rows of all models cut to tiers, a sample. */
  @Benchmark
  @OperationsPerInvocation(RANGE)
  public Object build() {
    return new RangeCut(CLASSES).cut(LongStream.range(0, RANGE).toArray(), rangeLabels, rangeRows);
  }

  private int evaluate(CascadeEvaluator evaluator) {
    int wrong = 0;
    for (Cascade cascade : cascades) {
      wrong += evaluator.evaluate(cascade).wrong();
    }
    return wrong;
  }
}
