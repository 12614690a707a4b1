package encas.moea.gomea;

import encas.moea.Problem;

/**
 * The values that genes take.
 *
 * @param lower smallest value of each gene
 * @param values number of values of each gene
 */
record Alphabet(int[] lower, int[] values) {

  static Alphabet of(Problem problem) {
    int[] lower = new int[problem.genes()];
    int[] values = new int[problem.genes()];
    for (int gene = 0; gene < lower.length; gene++) {
      lower[gene] = problem.lower(gene);
      values[gene] = Math.subtractExact(problem.upper(gene), problem.lower(gene));
    }
    return new Alphabet(lower, values);
  }

  int genes() {
    return lower.length;
  }

  /** A genotype, gene by gene uniform. */
  int[] random(Draws draws) {
    int[] genotype = new int[lower.length];
    for (int gene = 0; gene < genotype.length; gene++) {
      genotype[gene] = lower[gene] + draws.below(values[gene]);
    }
    return genotype;
  }
}
