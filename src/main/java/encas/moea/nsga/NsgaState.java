package encas.moea.nsga;

import java.util.List;

/**
 * All that an {@link NsgaII} is, for a checkpoint.
 *
 * @param genotypes the population, {@code [individuals x genes]}
 * @param idle children in a row that were known
 * @param memoKeys genotypes with known objectives, in chunks of {@code [entries x genes]}
 * @param memoValues {@code [entries x objectives]}
 */
public record NsgaState(
    int[][] genotypes, long idle, List<int[]> memoKeys, List<double[]> memoValues) {}
