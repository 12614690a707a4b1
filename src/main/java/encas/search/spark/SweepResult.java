package encas.search.spark;

import encas.search.SearchProgress;

/**
 * What a run of a sweep gave.
 *
 * @param identity of the run
 * @param progress where it ended, without the islands' explorers; its time is CPU time
 */
public record SweepResult(String identity, SearchProgress progress) {}
