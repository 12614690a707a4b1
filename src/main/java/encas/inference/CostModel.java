package encas.inference;

import encas.pool.ModelCard;
import java.util.Map;

/**
 * What inference is expected to cost, before it is paid for.
 *
 * <p>A model's time for one sample comes from the best that is known: on GPUs its cost column
 * {@value #IMAGES_PER_S} (of one device, decoding left out), else its measured {@value
 * MeasuredCosts#MS_PER_SAMPLE}, else its {@code mflops} at a middling device's speed. On CPUs the
 * column, which is a GPU's, comes last.
 *
 * @param gpu whether models run on GPUs
 * @param measured milliseconds for one sample by model, of an earlier run on this kind of device
 * @param decodeSeconds one core's time to decode, resize and crop a picture
 * @param loadSeconds time to fetch a model and to get it onto a device
 */
public record CostModel(
    boolean gpu, Map<String, Double> measured, double decodeSeconds, double loadSeconds) {
  /** Name of the cost column: images that one device classifies in a second. */
  public static final String IMAGES_PER_S = "images-per-s";

  /** A photograph of half a megapixel. */
  public static final double DECODE_SECONDS = 0.005;

  private static final double GPU_LOAD_SECONDS = 5;
  private static final double CPU_LOAD_SECONDS = 0.3;

  /** The median of the networks in timm's benchmark. */
  private static final double GPU_MFLOPS_A_SECOND = 2.2e7;

  /** One core: networks ran at 30 to 35 thousand million a second. */
  private static final double CPU_MFLOPS_A_SECOND = 33_000;

  /** Normalising, writing and starting the engine, for each input value. */
  private static final double SECONDS_OF_VALUE = 3e-8;

  /** Where a model's figure comes from. */
  public enum Source {
    /** The column {@value #IMAGES_PER_S} of the pool. */
    COLUMN,
    /** An earlier run's measurement. */
    MEASURED,
    /** Estimated from the model's multiply-adds. */
    MFLOPS,
    /** Estimated from the size of its input. */
    INPUT
  }

  /** Nothing measured, the usual times for decoding and loading. */
  public static CostModel of(boolean gpu) {
    return new CostModel(gpu, Map.of(), DECODE_SECONDS, gpu ? GPU_LOAD_SECONDS : CPU_LOAD_SECONDS);
  }

  public CostModel withMeasured(Map<String, Double> milliseconds) {
    return new CostModel(gpu, milliseconds, decodeSeconds, loadSeconds);
  }

  public CostModel withDecodeSeconds(double seconds) {
    return new CostModel(gpu, measured, seconds, loadSeconds);
  }

  public Source source(ModelCard card) {
    boolean column = card.costs().getOrDefault(IMAGES_PER_S, 0.0) > 0;
    if (column && gpu) {
      return Source.COLUMN;
    }
    if (milliseconds(card) != null) {
      return Source.MEASURED;
    }
    if (card.costs().containsKey("mflops")) {
      return Source.MFLOPS;
    }
    return column ? Source.COLUMN : Source.INPUT;
  }

  private Double milliseconds(ModelCard card) {
    Double own = measured.get(card.id());
    return own == null ? card.costs().get(MeasuredCosts.MS_PER_SAMPLE) : own;
  }

  /** Expected time of one device for one sample, decoding left out. */
  public double secondsPerSample(ModelCard card) {
    int values = card.input() == null ? 1 : card.input().size();
    double speed = gpu ? GPU_MFLOPS_A_SECOND : CPU_MFLOPS_A_SECOND;
    double overhead = gpu ? 0 : values * SECONDS_OF_VALUE;
    return switch (source(card)) {
      case COLUMN -> 1 / card.costs().get(IMAGES_PER_S);
      case MEASURED -> milliseconds(card) / 1000;
      case MFLOPS -> card.costs().get("mflops") / speed + overhead;
      // A middling net: a hundred multiply-adds for an input value.
      case INPUT -> values * 1e-4 / speed + overhead;
    };
  }

  /**
   * Expected time of a task for one sample. If it decodes the picture itself, threads do that while
   * a GPU computes, a task of one core does one after the other.
   *
   * @param shared whether the group's pixels are there already
   * @param cores of the task
   */
  public double taskSecondsPerSample(ModelCard card, boolean shared, int cores) {
    double device = secondsPerSample(card);
    double decode = shared ? 0 : decodeSeconds / cores;
    return gpu || cores > 1 ? Math.max(device, decode) : device + decode;
  }
}
