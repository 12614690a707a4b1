package encas.moea.gomea;

import java.util.List;

/**
 * All that a {@link MoGomea} is, in plain arrays, for a checkpoint. Values are maximised (the
 * negated objectives). Restored, a search goes on as if it had never stopped.
 *
 * @param version of this layout
 * @param idle steps since the last new evaluation
 * @param cursor population whose turn it is
 * @param generator the published generator's 48 bits; 0 where draws are handed in
 * @param memoKeys genotypes with known values, in chunks of {@code [entries x genes]}
 * @param memoValues {@code [entries x objectives]}
 */
public record MoGomeaState(
    int version,
    Variant variant,
    long evaluations,
    long requests,
    long idle,
    int cursor,
    long generator,
    List<PopulationState> populations,
    ArchiveState archive,
    List<int[]> memoKeys,
    List<double[]> memoValues) {

  /** The layout that is written. */
  public static final int VERSION = 2;

  public MoGomeaState {
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "state version " + version + " is not " + VERSION + ": another version wrote it");
    }
  }

  /**
   * One population.
   *
   * @param initialised individuals made so far
   * @param steps initialisation and generations so far
   * @param generation the one under way, or null
   */
  public record PopulationState(
      int[][] genotypes,
      double[][] values,
      int initialised,
      long steps,
      int stretch,
      GenerationState generation) {}

  /**
   * A generation under way.
   *
   * @param members for each cluster its members
   * @param means for each cluster its final mean
   * @param extreme for each cluster the objective it is extreme in, or -1
   * @param linkage for each cluster its sets of genes
   * @param next individual whose turn it is
   * @param stretch the population's no-improvement stretch when the generation began
   */
  public record GenerationState(
      int[][] members,
      double[][] means,
      int[] extreme,
      int[][][] linkage,
      int[][] offspring,
      double[][] offspringValues,
      int next,
      int stretch,
      boolean frontChanged) {}

  /**
   * The elitist archive.
   *
   * @param steps sides of its boxes; empty while it is not discretised
   */
  public record ArchiveState(
      int[][] genotypes, double[][] values, double[] steps, double[] origin) {}
}
