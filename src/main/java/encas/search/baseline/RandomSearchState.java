package encas.search.baseline;

/**
 * Where a random search stands.
 *
 * @param idle draws since the last cascade that was new
 * @param keys genotypes seen, {@code [entries x genes]}
 * @param values their objectives, {@code [entries x objectives]}
 */
public record RandomSearchState(long idle, int[] keys, double[] values) {}
