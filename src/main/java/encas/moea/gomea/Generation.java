package encas.moea.gomea;

import encas.moea.gomea.MoGomeaState.GenerationState;
import java.util.Arrays;

/**
 * A generation under way: the parents in clusters, what was learnt of each cluster, and the
 * offspring so far. Parents do not change meanwhile.
 */
final class Generation {
  private final ObjectiveClusters clusters;
  private final int[][][] linkage;
  private final double[][] scaled;

  /** For each cluster its members' genotypes, and for each individual the clusters it is in. */
  private final int[][][] donors;

  private final int[][] holding;

  private final int[][] offspring;
  private final double[][] offspringValues;
  private final int stretch;
  private int next;
  private boolean frontChanged;

  private Generation(
      ObjectiveClusters clusters,
      int[][][] linkage,
      Population parents,
      double[][] scaled,
      int[][] offspring,
      double[][] offspringValues,
      int stretch) {
    this.clusters = clusters;
    this.linkage = linkage;
    this.scaled = scaled;
    this.donors = new int[linkage.length][][];
    Arrays.setAll(donors, k -> parents.genotypesOf(clusters.members()[k]));
    this.holding = clusters.holding(parents.size());
    this.offspring = offspring;
    this.offspringValues = offspringValues;
    this.stretch = stretch;
  }

  /** Clusters the parents by their objectives and learns a linkage tree for each cluster. */
  static Generation begin(
      Population parents, Alphabet alphabet, Entropy entropy, Rules rules, Draws draws) {
    double[][] scaled = parents.scaled(rules);
    ObjectiveClusters clusters = ObjectiveClusters.of(scaled, parents.clusters(), draws, rules);
    int[][][] linkage = new int[parents.clusters()][][];
    for (int k = 0; k < linkage.length; k++) {
      int[][] members = parents.genotypesOf(clusters.members()[k]);
      linkage[k] = LinkageTree.learn(members, alphabet, entropy, draws);
    }
    return new Generation(
        clusters,
        linkage,
        parents,
        scaled,
        new int[parents.size()][],
        new double[parents.size()][],
        parents.stretch());
  }

  /** A generation where it stood. */
  static Generation restore(GenerationState state, Population parents, Rules rules) {
    Generation generation =
        new Generation(
            new ObjectiveClusters(state.members(), state.means(), state.extreme()),
            state.linkage(),
            parents,
            parents.scaled(rules),
            state.offspring().clone(),
            state.offspringValues().clone(),
            state.stretch());
    generation.next = state.next();
    generation.frontChanged = state.frontChanged();
    return generation;
  }

  GenerationState state() {
    return new GenerationState(
        clusters.members(),
        clusters.means(),
        clusters.extreme(),
        linkage,
        offspring.clone(),
        offspringValues.clone(),
        next,
        stretch,
        frontChanged);
  }

  /** The individual whose turn it is. */
  int next() {
    return next;
  }

  boolean isComplete() {
    return next == offspring.length;
  }

  /** True if the population had gone without improvement for too long when this began. */
  boolean isStalled() {
    int digits = Integer.toString(offspring.length).length();
    return stretch > digits;
  }

  /** The cluster in which an individual is mixed: one of those that hold it, or the nearest. */
  int clusterOf(int individual, Draws draws) {
    int[] choice = holding[individual];
    return choice.length > 0
        ? choice[draws.below(choice.length)]
        : ObjectiveClusters.nearest(scaled[individual], clusters.means());
  }

  int[][] donors(int cluster) {
    return donors[cluster];
  }

  int[][] linkage(int cluster) {
    return linkage[cluster];
  }

  /** The objective that a cluster is extreme in, or -1. */
  int extreme(int cluster) {
    return clusters.extreme()[cluster];
  }

  /** Takes the offspring of the individual whose turn it was. */
  void add(int[] genotype, double[] values, boolean changedFront) {
    offspring[next] = genotype;
    offspringValues[next] = values;
    frontChanged |= changedFront;
    next++;
  }

  boolean frontChanged() {
    return frontChanged;
  }

  int[] genotype(int individual) {
    return offspring[individual];
  }

  double[] values(int individual) {
    return offspringValues[individual];
  }
}
