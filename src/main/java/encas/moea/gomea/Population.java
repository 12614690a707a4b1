package encas.moea.gomea;

import encas.moea.gomea.MoGomeaState.GenerationState;
import encas.moea.gomea.MoGomeaState.PopulationState;
import java.util.Arrays;
import java.util.stream.IntStream;

/** One of the interleaved populations: its individuals, and the generation that is under way. */
final class Population {
  private static final int SMALLEST = 8;

  final int index;
  final int[][] genotypes;
  final double[][] values;
  int initialised;
  long steps;
  int stretch;
  Generation generation;

  Population(int index) {
    this.index = index;
    int size = Math.multiplyExact(SMALLEST, Math.toIntExact(1L << index));
    this.genotypes = new int[size][];
    this.values = new double[size][];
  }

  Population(int index, PopulationState state, Rules rules) {
    this.index = index;
    this.genotypes = state.genotypes().clone();
    this.values = state.values().clone();
    this.initialised = state.initialised();
    this.steps = state.steps();
    this.stretch = state.stretch();
    this.generation =
        state.generation() == null ? null : new Generation(state.generation(), scaled(rules), this);
  }

  PopulationState state() {
    return new PopulationState(
        genotypes.clone(),
        values.clone(),
        initialised,
        steps,
        stretch,
        generation == null ? null : generation.state());
  }

  int size() {
    return genotypes.length;
  }

  boolean isInitialised() {
    return initialised == size();
  }

  /** Objective values, each divided by its range in the population. */
  double[][] scaled(Rules rules) {
    double[] ranges = Ranges.of(Arrays.asList(values));
    double[][] scaled = new double[size()][ranges.length];
    for (int i = 0; i < size(); i++) {
      for (int j = 0; j < ranges.length; j++) {
        scaled[i][j] = values[i][j] / rules.scale(ranges[j]);
      }
    }
    return scaled;
  }

  /** Offspring replace parents, one for one. */
  void replaceByOffspring() {
    for (int i = 0; i < size(); i++) {
      if (generation.offspring[i] != null) { // what the spent budget cut off stays as it was
        genotypes[i] = generation.offspring[i];
        values[i] = generation.offspringValues[i];
      }
    }
    stretch = generation.frontChanged ? 0 : stretch + 1;
    generation = null;
    steps++;
  }

  /** The genotypes of some individuals, as they are now. */
  int[][] genotypesOf(int[] individuals) {
    int[][] chosen = new int[individuals.length][];
    for (int i = 0; i < chosen.length; i++) {
      chosen[i] = genotypes[individuals[i]];
    }
    return chosen;
  }

  /** A generation under way: clusters, what was learnt of each, and the offspring so far. */
  static final class Generation {
    final ObjectiveClusters clusters;
    final int[][][] linkage;

    /** The parents in objective space, and for each cluster its members; parents do not change. */
    final double[][] scaled;

    final int[][][] donors;
    final int[][] offspring;
    final double[][] offspringValues;
    final int stretch;
    int next;
    boolean frontChanged;

    Generation(
        ObjectiveClusters clusters, int[][][] linkage, double[][] scaled, Population population) {
      this.clusters = clusters;
      this.linkage = linkage;
      this.scaled = scaled;
      this.donors = donors(clusters, population);
      this.offspring = new int[population.size()][];
      this.offspringValues = new double[population.size()][];
      this.stretch = population.stretch;
    }

    Generation(GenerationState state, double[][] scaled, Population population) {
      this.clusters = new ObjectiveClusters(state.members(), state.means(), state.extreme());
      this.linkage = state.linkage();
      this.scaled = scaled;
      this.donors = donors(clusters, population);
      this.offspring = state.offspring().clone();
      this.offspringValues = state.offspringValues().clone();
      this.stretch = state.stretch();
      this.next = state.next();
      this.frontChanged = state.frontChanged();
    }

    private static int[][][] donors(ObjectiveClusters clusters, Population population) {
      int[][][] donors = new int[clusters.members().length][][];
      for (int k = 0; k < donors.length; k++) {
        donors[k] = population.genotypesOf(clusters.members()[k]);
      }
      return donors;
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

    /** The cluster in which an individual is mixed: one of those that hold it, or the nearest. */
    int clusterOf(int individual, Draws draws) {
      int[] holding =
          IntStream.range(0, clusters.members().length)
              .filter(k -> contains(clusters.members()[k], individual))
              .toArray();
      return holding.length > 0
          ? holding[draws.below(holding.length)]
          : ObjectiveClusters.nearest(scaled[individual], clusters.means());
    }

    private static boolean contains(int[] members, int individual) {
      for (int member : members) {
        if (member == individual) {
          return true;
        }
      }
      return false;
    }
  }
}
