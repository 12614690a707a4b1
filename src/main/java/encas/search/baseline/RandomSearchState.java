package encas.search.baseline;

import java.util.List;

/**
 * Where a random search stands.
 *
 * @param idle draws since the last cascade that was new
 * @param keys genotypes seen, in chunks of {@code [entries x genes]}
 * @param values their objectives, {@code [entries x objectives]}
 */
public record RandomSearchState(long idle, List<int[]> keys, List<double[]> values) {}
