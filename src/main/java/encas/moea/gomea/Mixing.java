package encas.moea.gomea;

import encas.moea.gomea.ElitistArchive.Member;
import java.util.Arrays;

/**
 * Improves one individual: gene-pool optimal mixing with donors of its cluster, then, if that
 * changed nothing or the population has stalled, forced improvement with donors of the archive.
 *
 * <p>Source: Luong, La Poutré and Bosman, "Multi-objective gene-pool optimal mixing evolutionary
 * algorithms", GECCO 2014, algorithms 3 and 4.
 */
final class Mixing {
  private final Rules rules;
  private final Evaluations evaluations;
  private final ElitistArchive archive;
  private final Draws draws;
  private final int population;

  /** The individual under way. */
  private int[] genotype;

  private double[] values;
  private boolean changed;
  private boolean frontChanged;

  Mixing(
      Rules rules, Evaluations evaluations, ElitistArchive archive, Draws draws, int population) {
    this.rules = rules;
    this.evaluations = evaluations;
    this.archive = archive;
    this.draws = draws;
    this.population = population;
  }

  /** Mixes the individual whose turn it is. */
  void mix(Population parents, Generation generation) {
    genotype = parents.genotype(generation.next());
    values = parents.values(generation.next());
    int cluster = generation.clusterOf(generation.next(), draws);
    int[][] linkage = generation.linkage(cluster);
    int extreme = generation.extreme(cluster);
    optimalMixing(generation.donors(cluster), linkage, extreme);
    if (!evaluations.areSpent() && (!changed || generation.isStalled())) {
      forcedImprovement(linkage, extreme);
    }
  }

  int[] genotype() {
    return genotype;
  }

  double[] values() {
    return values;
  }

  /** Whether a solution of this individual entered the archive as new. */
  boolean frontChanged() {
    return frontChanged;
  }

  private void optimalMixing(int[][] donors, int[][] linkage, int extreme) {
    for (int set : draws.ordering(linkage.length)) {
      int[] donor = donors[draws.below(donors.length)];
      int[] candidate = withGenesOf(donor, linkage[set]);
      if (candidate == null) {
        continue;
      }
      double[] found = evaluations.request(candidate, population, extreme, draws.state());
      Offer offer = offer(candidate, found);
      boolean accepted =
          extreme >= 0
              ? found[extreme] >= values[extreme]
              : rules.weaklyDominates(found, values) || offer != Offer.DOMINATED;
      if (accepted) {
        accept(candidate, found);
      }
      if (evaluations.areSpent()) {
        return;
      }
    }
  }

  private void forcedImprovement(int[][] linkage, int extreme) {
    changed = false;
    Member elite = extreme >= 0 ? archive.best(extreme) : null;
    for (int set : draws.ordering(linkage.length)) {
      Member donor = elite != null ? elite : randomMember();
      int[] candidate = withGenesOf(donor.genotype(), linkage[set]);
      if (candidate == null) {
        continue;
      }
      double[] found = evaluations.request(candidate, population, extreme, draws.state());
      Offer offer = offer(candidate, found);
      boolean accepted =
          extreme >= 0
              ? found[extreme] > values[extreme]
              : rules.dominates(found, values) || offer == Offer.NEW;
      if (accepted) {
        accept(candidate, found);
        return;
      }
      if (evaluations.areSpent()) {
        break;
      }
    }
    Member replacement = extreme >= 0 ? archive.best(extreme) : randomMember();
    genotype = replacement.genotype();
    values = replacement.values();
  }

  private Member randomMember() {
    return archive.member(draws.below(archive.size()));
  }

  private void accept(int[] candidate, double[] found) {
    genotype = candidate;
    values = found;
    changed = true;
  }

  private Offer offer(int[] candidate, double[] found) {
    Offer offer = archive.offerReplacing(candidate, found);
    frontChanged |= offer == Offer.NEW;
    return offer;
  }

  /** A copy of the individual with a donor's genes in a set, or null where that changes nothing. */
  private int[] withGenesOf(int[] donor, int[] set) {
    int[] candidate = null;
    for (int gene : set) {
      if (donor[gene] != genotype[gene]) {
        if (candidate == null) {
          candidate = Arrays.copyOf(genotype, genotype.length);
        }
        candidate[gene] = donor[gene];
      }
    }
    return candidate;
  }
}
