package encas.search.archive;

import java.util.List;

/**
 * Where an {@link ArchiveSearch} stands; plain data, fit for a checkpoint.
 *
 * @param duplicates running share of proposals that were known
 * @param idle proposals since the last new one
 * @param errors of each model alone, {@code [models]}; NaN where it is not known
 * @param layers the front, then what it dominates, layer by layer
 */
public record ArchiveState(double duplicates, long idle, double[] errors, List<LayerState> layers) {

  /**
   * One layer, by ascending first cost.
   *
   * @param genotypes {@code [members x genes]}
   * @param objectives {@code [members x objectives]}
   * @param visits how often each was a parent
   */
  public record LayerState(int[][] genotypes, double[][] objectives, int[] visits) {}
}
