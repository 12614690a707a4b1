package encas.search.island;

import encas.cascade.CascadeEncoding;
import encas.moea.Solution;
import encas.moea.gomea.MoGomea;
import encas.moea.gomea.MoGomeaListener;
import encas.moea.gomea.MoGomeaState;
import encas.search.CascadeProblem;
import encas.search.SearchSettings;
import encas.search.archive.ArchiveSearch;
import encas.search.archive.ArchiveState;
import encas.search.archive.Focus;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The default search of an island: archive search and MO-GOMEA take turns, over one memo and one
 * budget. Archive search is the fast one; it can stick where all neighbours of its front are known.
 * So MO-GOMEA gets the share of the evaluations that archive search finds known already, up to a
 * half. Each tells the other what it finds.
 */
final class CascadeExplorer implements Explorer {
  /** Evaluations of the two together before the shares are set anew. */
  private static final long TURN = 1000;

  private static final double MOST_EVOLUTION = 0.5;

  private final CascadeEncoding encoding;
  private final MoGomea evolution;
  private final ArchiveSearch archive;

  /** Where the two stand. */
  record State(MoGomeaState evolution, ArchiveState archive) {}

  /**
   * A search at its start, or where it stood.
   *
   * @param state null at the start
   */
  CascadeExplorer(
      CascadeProblem problem, SearchSettings settings, int island, long budget, State state) {
    encoding = problem.encoding();
    int target = settings.archiveTarget();
    evolution =
        state == null
            ? MoGomea.fixed(problem, target, budget, this::tellArchive)
            : MoGomea.restore(problem, target, budget, this::tellArchive, state.evolution());
    Focus focus = new Focus(island, settings.islands());
    archive =
        state == null
            ? new ArchiveSearch(evolution::evaluateIfNew, encoding, problem.costs(), focus)
            : new ArchiveSearch(
                evolution::evaluateIfNew, encoding, problem.costs(), focus, state.archive());
  }

  @Override
  public void advance(long until, RandomGenerator generator) {
    while (!isOver() && evaluations() < until) {
      long end = Math.min(until, evaluations() + TURN);
      searchArchive(end - Math.round(evolutionShare() * (end - evaluations())), generator);
      if (evaluations() < end) {
        evolve(end, generator);
      }
    }
  }

  private double evolutionShare() {
    return archive.isEmpty() || archive.isExhausted()
        ? 1
        : Math.min(MOST_EVOLUTION, archive.duplicates());
  }

  private void searchArchive(long until, RandomGenerator generator) {
    while (evaluations() < until && !isOver() && !archive.isExhausted()) {
      archive.step(generator);
    }
  }

  private void evolve(long until, RandomGenerator generator) {
    // What an archive without boxes was once offered it never takes later.
    evolution.receive(evolution.hasThinned() ? archive.front() : archive.news());
    evolution.advance(until, generator);
  }

  @Override
  public void receive(List<Solution> migrants) {
    List<Solution> news = new ArrayList<>();
    for (Solution migrant : migrants) {
      if (!evolution.knows(migrant.genotype())) {
        news.add(migrant);
        archive.receive(encoding.decode(migrant.genotype()), migrant.objectives());
      }
    }
    evolution.receive(news);
  }

  @Override
  public long evaluations() {
    return evolution.evaluations();
  }

  @Override
  public boolean isOver() {
    return evolution.isOver();
  }

  @Override
  public State state() {
    return new State(evolution.state(), archive.state());
  }

  /** Hands to archive search what MO-GOMEA evaluates. */
  private void tellArchive(MoGomeaListener.Request request) {
    if (!request.cached()) {
      double[] objectives = new double[request.values().length];
      for (int j = 0; j < objectives.length; j++) {
        objectives[j] = -request.values()[j];
      }
      archive.receive(encoding.decode(request.genotype()), objectives);
    }
  }
}
