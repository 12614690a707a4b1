package encas.evaluation.tiered;

/**
 * How a cache of states was used.
 *
 * @param lookups how often the state of several models was looked up
 * @param hits how often it was there
 */
public record CacheUses(long lookups, long hits) {
  /** Before the first lookup. */
  public static final CacheUses NONE = new CacheUses(0, 0);
}
