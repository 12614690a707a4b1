package encas.search;

/** Hears how a search goes. */
@FunctionalInterface
public interface SearchListener {

  /**
   * The progress is saved: at the beginning, and after each epoch.
   *
   * @param progress where the search stands; its last history row is the epoch that has ended
   */
  void saved(SearchProgress progress);
}
