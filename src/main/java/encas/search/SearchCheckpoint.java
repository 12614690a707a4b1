package encas.search;

import encas.search.island.IslandState;
import java.io.IOException;
import java.util.Optional;

/** Keeps what a resume needs. */
public interface SearchCheckpoint {
  /** Keeps nothing: for searches that are begun anew rather than resumed. */
  SearchCheckpoint NONE =
      new SearchCheckpoint() {
        @Override
        public Optional<SearchProgress> restore() {
          return Optional.empty();
        }

        @Override
        public void save(SearchProgress progress, Iterable<IslandState> islands, byte[] trace) {}

        @Override
        public void flush() {}
      };

  /**
   * The last progress written by the same search, if any.
   *
   * @throws encas.failure.InvalidInputException if another search left one
   */
  Optional<SearchProgress> restore() throws IOException;

  /**
   * Takes an epoch's progress, to be written whole or not at all: now, or with a later one.
   *
   * @param islands the islands' states, explorers included; gone through only if they are written
   * @param trace what the epoch just ended adds to the trace; empty if none is wanted
   */
  void save(SearchProgress progress, Iterable<IslandState> islands, byte[] trace)
      throws IOException;

  /** Writes what was taken last, if that was not written. */
  void flush() throws IOException;
}
