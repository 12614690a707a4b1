package encas.evaluation.tiered;

/**
 * How a row of class probabilities is cut to lanes, the same for all models of one sample, so that
 * a sum over models is a straight vector addition.
 *
 * <ul>
 *   <li><b>Tier 1</b>, {@value #TIER1_LONGS} longs of four 16-bit lanes: the label, the residual,
 *       and the {@value #TIER1_OTHERS} best other classes, in units of 2<sup>-12</sup>. The
 *       residual is the largest probability of all classes that have no lane here, rounded up; the
 *       others are rounded down.
 *   <li><b>Tier 2</b>, {@link #width} halves, exact: the label, the best other classes (tier 1's
 *       first), then {@link #buckets} residuals, each the largest probability of the unlisted
 *       classes of its bucket ({@code class mod buckets}).
 * </ul>
 *
 * <p>Up to {@value #ALL_LISTED} classes are all listed and there is no residual.
 *
 * @param classes number of classes, C, 1..65534
 */
record Lanes(int classes) {
  static final int TIER1_LONGS = 4;
  static final int TIER1_OTHERS = 14;

  /** A tier-1 unit is 2^12 of the units of 2^-24. */
  static final int TIER1_SHIFT = 12;

  /** Most models whose tier-1 lanes can be added without leaving 15 bits. */
  static final int TIER1_MODELS = 7;

  /** The class of a lane that holds none. */
  static final char NO_CLASS = 0xFFFF;

  private static final int ALL_LISTED = 63;
  private static final int LISTED = 56;
  private static final int BUCKETS = 8;

  Lanes {
    if (classes < 1 || classes >= NO_CLASS) {
      throw new IllegalArgumentException(classes + " classes; there can be 1.." + (NO_CLASS - 1));
    }
  }

  /** Lanes of tier 2 that hold classes; lane 0 is the label's. */
  int listed() {
    return classes <= ALL_LISTED ? classes + 1 : LISTED;
  }

  /** Lanes of tier 2 that hold the residuals of unlisted classes. */
  int buckets() {
    return classes <= ALL_LISTED ? 0 : BUCKETS;
  }

  /** Lanes of tier 2. */
  int width() {
    return listed() + buckets();
  }

  /** The lane of the residual of an unlisted class. */
  int residual(int clazz) {
    return listed() + clazz % BUCKETS;
  }
}
