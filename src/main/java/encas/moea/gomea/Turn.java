package encas.moea.gomea;

/** What a population does when it has its turn, an individual at a time. */
final class Turn {
  private final Rules rules;
  private final Alphabet alphabet;
  private final Evaluations evaluations;
  private final ElitistArchive archive;
  private final MoGomeaListener listener;
  private final Entropy entropy = new Entropy();

  Turn(
      Rules rules,
      Alphabet alphabet,
      Evaluations evaluations,
      ElitistArchive archive,
      MoGomeaListener listener) {
    this.rules = rules;
    this.alphabet = alphabet;
    this.evaluations = evaluations;
    this.archive = archive;
    this.listener = listener;
  }

  /** Makes the next individual; true if that ends the turn. */
  boolean advance(Population population, Draws draws) {
    return population.isInitialised() ? mix(population, draws) : initialise(population, draws);
  }

  private boolean initialise(Population population, Draws draws) {
    int[] genotype = alphabet.random(draws);
    double[] values = evaluations.request(genotype, population.index(), -1, draws.state());
    archive.offer(genotype, values);
    population.add(genotype, values);
    return population.isInitialised();
  }

  private boolean mix(Population population, Draws draws) {
    if (population.generation() == null) {
      announce(population, draws);
      population.begin(Generation.begin(population, alphabet, entropy, rules, draws));
    }
    Generation generation = population.generation();
    Mixing mixing = new Mixing(rules, evaluations, archive, draws, population.index());
    mixing.mix(population, generation);
    generation.add(mixing.genotype(), mixing.values(), mixing.frontChanged());
    evaluations.idleStep();
    if (!generation.isComplete() && !evaluations.areSpent()) {
      return false;
    }
    population.replaceByOffspring();
    archive.adapt();
    return true;
  }

  private void announce(Population population, Draws draws) {
    if (listener != null) {
      listener.begins(
          new MoGomeaListener.Beginning(
              population.index(),
              population.steps(),
              evaluations.count(),
              population.stretch(),
              draws.state(),
              archive.size(),
              archive.isDiscretised()));
    }
  }
}
