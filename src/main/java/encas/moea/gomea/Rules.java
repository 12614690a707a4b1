package encas.moea.gomea;

import encas.moea.Problem;

/** Where the two variants differ. Values are maximised here, as the published program has them. */
interface Rules {

  boolean dominates(double[] a, double[] b);

  /** In no objective worse. */
  boolean weaklyDominates(double[] a, double[] b);

  /** What values are divided by before they are clustered. */
  double scale(double range);

  /** The mean of a cluster to which k-means assigned nobody, given the mean it had. */
  double[] meanOfNobody(double[] before);

  /**
   * The members of one cluster: {@code size} indices of points, in the order in which donors are
   * drawn.
   */
  int[] members(double[] distances, boolean[] assigned, int size);

  ElitistArchive archive(Problem problem, int target);

  /** True if the budget ends an initialisation half way. */
  boolean budgetEndsInitialisation();

  /** Steps without a new evaluation after which nothing more is expected. */
  long patience();
}
