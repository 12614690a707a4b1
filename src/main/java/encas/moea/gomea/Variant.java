package encas.moea.gomea;

/** Which of two programs runs. */
public enum Variant {
  /** The published program's path, to the random draw, its accidents included. */
  PUBLISHED,
  /** Its known defects corrected; the default of a product. */
  FIXED;

  Rules rules() {
    return this == PUBLISHED ? new PublishedRules() : new FixedRules();
  }
}
