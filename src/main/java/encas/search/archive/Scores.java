package encas.search.archive;

/** Where an {@link ArchiveSearch} has its proposals evaluated. */
@FunctionalInterface
public interface Scores {

  /**
   * The objectives of a cascade that nobody has asked for yet; null if somebody has.
   *
   * @param genotype the one that represents the cascade, see {@link encas.moea.Problem#canonical};
   *     not kept
   */
  double[] ofNew(int[] genotype);
}
