package encas.search.archive;

/**
 * The part of the cost axis that an island attends to most of the time.
 *
 * @param part 0 .. parts-1, from the cheapest
 * @param parts how many parts there are, all equally wide
 */
public record Focus(int part, int parts) {
  /** Share of the parents that come from the part; the others come from the whole axis. */
  static final double SHARE = 0.8;

  /** The whole axis. */
  public static final Focus EVERYWHERE = new Focus(0, 1);
}
