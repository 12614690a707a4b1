package encas.synthetic;

import encas.outputs.SplitOutputs;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Softmax outputs of a pool that does not exist, with what makes real pools hard to search: real
 * models' accuracies and costs, mistakes that correlate because hard samples are hard for all,
 * wrong answers among few classes, and models that are calibrated, over-confident or
 * label-smoothed.
 *
 * <pre>{@code
 * SyntheticPool pool = SyntheticPool.of(64, 5_000, 1_000, 1L);
 * short[] halves = new short[1_000];
 * pool.row(3, 17, halves); // what model 3 says of sample 17
 * }</pre>
 *
 * <p>{@code [models x samples x classes]} of half precision, never held: a row is a function of
 * (seed, model, sample), so rows may be made in any order by any number of threads. A row of 1000
 * classes takes a few microseconds; the pool holds 2 kB a model.
 */
public final class SyntheticPool {
  private final List<TimmModels.Row> models;
  private final int samples;
  private final int classes;
  private final Scene scene;
  private final Temper[] tempers;
  private final Tail[] tails;

  private SyntheticPool(List<TimmModels.Row> models, int samples, int classes, long seed) {
    this.models = models;
    this.samples = samples;
    this.classes = classes;
    this.scene = new Scene(seed, classes);
    this.tempers = new Temper[models.size()];
    this.tails = new Tail[tempers.length];
    IntStream.range(0, tempers.length).parallel().forEach(this::prepare);
  }

  /**
   * A pool; the same arguments give the same pool on every machine.
   *
   * @param models 1 or more; ids, accuracies and costs are of timm's models, evenly over the cost
   * @param samples 1 or more
   * @param classes 2 or more
   * @throws IllegalArgumentException if one is too small
   */
  public static SyntheticPool of(int models, int samples, int classes, long seed) {
    if (models < 1 || samples < 1 || classes < 2) {
      throw new IllegalArgumentException(
          models + " models x " + samples + " samples x " + classes + " classes is no pool");
    }
    return new SyntheticPool(TimmModels.sample(models), samples, classes, seed);
  }

  private void prepare(int model) {
    tempers[model] = Temper.fit(scene, model, samples, models.get(model).accuracy() / 100);
    tails[model] = Tail.of(tempers[model].beta(), Temper.TAIL / classes);
  }

  public int models() {
    return models.size();
  }

  public int samples() {
    return samples;
  }

  public int classes() {
    return classes;
  }

  /** Ids in pool order, cheapest first. */
  public List<String> ids() {
    return models.stream().map(TimmModels.Row::id).toList();
  }

  /** Millions of multiply-adds for one sample, for each model. */
  public double[] mflops() {
    return models.stream().mapToDouble(TimmModels.Row::mflops).toArray();
  }

  /** Percentage of right answers that each model was made for; the rows' is within sampling. */
  public double[] accuracies() {
    return models.stream().mapToDouble(TimmModels.Row::accuracy).toArray();
  }

  /** What sort of confidence each model has. */
  Temper.Kind kind(int model) {
    return Temper.Kind.of(model);
  }

  /** Class of a sample. */
  public int label(int sample) {
    return scene.label(scene.sampleKey(sample));
  }

  public int[] labels() {
    return IntStream.range(0, samples).map(this::label).toArray();
  }

  /**
   * A model's softmax output on a sample, as bits of half precision.
   *
   * @param halves {@code [classes]}, overwritten
   */
  public void row(int model, int sample, short[] halves) {
    row(model, sample, halves, 0);
  }

  /** {@link #row(int, int, short[])} into {@code halves[offset .. offset + classes)}. */
  public void row(int model, int sample, short[] halves, int offset) {
    Temper temper = tempers[model];
    long sampleKey = scene.sampleKey(sample);
    long rowKey = scene.rowKey(model, sample);
    int[] members = new int[1 + scene.rivals()];
    double[] weights = new double[members.length];
    scene.members(sampleKey, members);
    scene.scores(sampleKey, rowKey, weights);
    weights[0] += temper.skill();
    double best = Math.max(weights[0], Scene.strongestRival(weights));

    float[] tail = new float[Tail.length(classes)];
    double tailScale = StrictMath.exp(-temper.beta() * best);
    double tailSum = tails[model].fill(sampleKey, rowKey, tail, classes);
    double headSum = 0;
    for (int i = 0; i < members.length; i++) {
      tailSum -= tail[members[i]];
      weights[i] = StrictMath.exp(temper.beta() * (weights[i] - best));
      headSum += weights[i];
    }
    double scale = (1 - temper.smoothing()) / (headSum + tailScale * Math.max(0, tailSum));
    double floor = temper.smoothing() / classes;
    roundTail(tail, (float) (scale * tailScale), (float) floor, halves, offset);
    for (int i = 0; i < members.length; i++) {
      halves[offset + members[i]] = UnitHalf.of((float) (scale * weights[i] + floor));
    }
  }

  private void roundTail(float[] tail, float scale, float floor, short[] halves, int offset) {
    for (int c = 0; c < classes; c++) {
      halves[offset + c] = UnitHalf.of(tail[c] * scale + floor);
    }
  }

  /** All rows, held: 2 bytes x models x samples x classes. For small pools. */
  public SplitOutputs outputs() {
    short[][] halves = new short[models()][samples * classes];
    IntStream.range(0, models())
        .parallel()
        .forEach(
            model -> {
              for (int sample = 0; sample < samples; sample++) {
                row(model, sample, halves[model], sample * classes);
              }
            });
    return new SplitOutputs(ids(), classes, labels(), halves);
  }
}
