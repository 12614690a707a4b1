package encas.moea.gomea;

/** What became of a solution that was offered to an {@link ElitistArchive}. */
enum Offer {
  /** A member dominates it. */
  DOMINATED,
  /** A member sits in its box; it may have taken the member's place. */
  OCCUPIED,
  /** It is in. */
  NEW
}
