package encas.search.island;

/**
 * What an epoch gave.
 *
 * @param state where the island stands now
 * @param trace gzipped JSON lines of the requests of this epoch; empty unless asked for
 */
public record IslandResult(IslandState state, byte[] trace) {}
