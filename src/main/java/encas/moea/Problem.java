package encas.moea;

/**
 * A multi-objective problem over integer genes. All objectives are minimised.
 *
 * <p>Gene i takes the values {@code lower(i) <= x < upper(i)}.
 */
public interface Problem {
  int genes();

  int lower(int gene);

  /** Exclusive. */
  int upper(int gene);

  int objectives();

  /** Objective values of a genotype; pure: the same genotype gives the same bits. */
  double[] evaluate(int[] genotype);

  /**
   * The representative of all genotypes that mean the same solution; two genotypes with equal
   * representatives have equal objectives and count as one evaluation. By default the genotype
   * itself.
   */
  default int[] canonical(int[] genotype) {
    return genotype.clone();
  }

  /** How many genotypes there are; the largest long if there are more. */
  default long genotypes() {
    long product = 1;
    for (int gene = 0; gene < genes(); gene++) {
      long values = (long) upper(gene) - lower(gene);
      if (product > Long.MAX_VALUE / values) {
        return Long.MAX_VALUE;
      }
      product *= values;
    }
    return product;
  }

  /**
   * How many representatives there are at most; a search that knows so many is complete. By default
   * the number of genotypes.
   */
  default long solutions() {
    return genotypes();
  }
}
