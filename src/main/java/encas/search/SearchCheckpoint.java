package encas.search;

import java.io.IOException;
import java.util.Optional;

/** Keeps what a resume needs, epoch by epoch. */
public interface SearchCheckpoint {

  /** The last progress saved by the same search, if any. */
  Optional<SearchProgress> restore() throws IOException;

  /**
   * Saves the progress whole or not at all.
   *
   * @param trace what the epoch just ended adds to the trace; empty if none is wanted
   */
  void save(SearchProgress progress, byte[] trace) throws IOException;
}
