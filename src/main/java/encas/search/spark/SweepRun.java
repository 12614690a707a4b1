package encas.search.spark;

import encas.search.SearchLimits;
import encas.search.SearchSettings;

/**
 * One run of a sweep.
 *
 * @param name of the algorithm, for people and folders
 * @param identity of all that its result depends on; a finished run with the same is not repeated
 */
public record SweepRun(String name, SearchSettings settings, SearchLimits limits, String identity) {

  /** Unique in the sweep. */
  String file() {
    return name + "-seed-" + settings.seed() + ".cbor";
  }
}
