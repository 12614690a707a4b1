package encas.moea.gomea;

import encas.moea.gomea.MoGomeaState.PopulationState;
import java.util.ArrayList;
import java.util.List;

/**
 * Populations of ever larger size, of which each takes twice as many steps as the next larger one:
 * 0, 0 1, 0, 0 1 2, 0, 0 1, ... The first mention of a population is its initialisation.
 */
final class InterleavedPopulations {
  private final int objectives;
  private final List<Population> populations = new ArrayList<>();
  private int cursor;

  InterleavedPopulations(int objectives) {
    this.objectives = objectives;
  }

  void restore(MoGomeaState state, Rules rules) {
    for (PopulationState one : state.populations()) {
      populations.add(new Population(populations.size(), objectives, one, rules));
    }
    cursor = state.cursor();
  }

  List<PopulationState> states() {
    return populations.stream().map(Population::state).toList();
  }

  int cursor() {
    return cursor;
  }

  /** The population whose turn it is. */
  Population current() {
    if (cursor == populations.size()) {
      populations.add(new Population(cursor, objectives));
    }
    return populations.get(cursor);
  }

  /** True while the population whose turn it is has made some of its individuals, not all. */
  boolean areInitialising() {
    return cursor < populations.size() && !populations.get(cursor).isInitialised();
  }

  /** True once a population has all its individuals. */
  boolean haveBegun() {
    return !populations.isEmpty() && populations.get(0).isInitialised();
  }

  /** A population that has taken an even number of steps lets the next larger one take its turn. */
  void giveTurn() {
    cursor = populations.get(cursor).steps() % 2 == 0 ? cursor + 1 : 0;
  }
}
