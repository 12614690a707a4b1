package encas.moea.gomea;

import encas.moea.gomea.MoGomeaState.PopulationState;
import java.util.Arrays;

/**
 * One of the interleaved populations: its individuals, and the generation that is under way.
 * Population i has 8 x 2<sup>i</sup> individuals and objectives + 1 + i clusters.
 */
final class Population {
  private static final int SMALLEST = 8;

  private final int index;
  private final int clusters;
  private final int[][] genotypes;
  private final double[][] values;
  private int initialised;
  private long steps;
  private int stretch;
  private Generation generation;

  /** A population without individuals. */
  Population(int index, int objectives) {
    this.index = index;
    this.clusters = objectives + 1 + index;
    int size = Math.toIntExact(Math.multiplyExact(SMALLEST, 1L << index));
    this.genotypes = new int[size][];
    this.values = new double[size][];
  }

  /** A population where it stood. */
  Population(int index, int objectives, PopulationState state, Rules rules) {
    this.index = index;
    this.clusters = objectives + 1 + index;
    this.genotypes = state.genotypes().clone();
    this.values = state.values().clone();
    this.initialised = state.initialised();
    this.steps = state.steps();
    this.stretch = state.stretch();
    this.generation =
        state.generation() == null ? null : Generation.restore(state.generation(), this, rules);
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

  int index() {
    return index;
  }

  int clusters() {
    return clusters;
  }

  int size() {
    return genotypes.length;
  }

  /** The initialisation and generations so far. */
  long steps() {
    return steps;
  }

  /** Generations since the last one that found something new for the archive. */
  int stretch() {
    return stretch;
  }

  int[] genotype(int individual) {
    return genotypes[individual];
  }

  double[] values(int individual) {
    return values[individual];
  }

  boolean isInitialised() {
    return initialised == size();
  }

  /** Takes one more individual of the initialisation. */
  void add(int[] genotype, double[] itsValues) {
    genotypes[initialised] = genotype;
    values[initialised] = itsValues;
    initialised++;
    if (isInitialised()) {
      steps++;
    }
  }

  /** The generation under way, or null. */
  Generation generation() {
    return generation;
  }

  void begin(Generation begun) {
    generation = begun;
  }

  /** Offspring replace parents, one for one; whoever the spent budget left without one stays. */
  void replaceByOffspring() {
    for (int i = 0; i < generation.next(); i++) {
      genotypes[i] = generation.genotype(i);
      values[i] = generation.values(i);
    }
    stretch = generation.frontChanged() ? 0 : stretch + 1;
    generation = null;
    steps++;
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

  /** The genotypes of some individuals, as they are now. */
  int[][] genotypesOf(int[] individuals) {
    int[][] chosen = new int[individuals.length][];
    Arrays.setAll(chosen, i -> genotypes[individuals[i]]);
    return chosen;
  }
}
