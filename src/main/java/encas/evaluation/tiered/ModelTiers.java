package encas.evaluation.tiered;

/**
 * Some models' rows on a range of samples, cut to the range's {@link SampleLists}; positions are
 * the range's.
 *
 * @param alone for each model and position what it does alone: exit level, and 64 if it is right
 * @param tier1 for each model {@code [positions x 4]} longs of lanes; see {@link Lanes}
 * @param tier2 for each model {@code [positions x width]} halves
 * @param dense for each model its whole rows on the hard positions, {@code [hard x classes]}
 */
public record ModelTiers(byte[][] alone, long[][] tier1, short[][] tier2, short[][] dense) {
  /** In {@code alone}: the model is right. */
  static final int RIGHT = 64;

  public int models() {
    return alone.length;
  }
}
