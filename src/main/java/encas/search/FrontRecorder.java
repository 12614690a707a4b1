package encas.search;

import encas.cascade.Cascade;
import encas.moea.ParetoArchive;
import java.util.Collection;
import java.util.List;

/** The exact non-dominated set of every cascade scored, one member for equal objectives. */
public final class FrontRecorder {
  private final ParetoArchive<Cascade> archive = new ParetoArchive<>(ScoredCascade.PREFERENCE);

  /** A recorder that already knows these. */
  public FrontRecorder(Collection<ScoredCascade> known) {
    known.forEach(this::offer);
  }

  /** Offers a cascade without stages that nobody reaches. */
  public void offer(Cascade cascade, double[] objectives) {
    archive.offer(cascade, objectives);
  }

  /** The same for a scored one. */
  public void offer(ScoredCascade scored) {
    archive.offer(scored.cascade(), scored.objectives());
  }

  /** In ascending first cost. */
  public List<ScoredCascade> front() {
    return archive.front().stream()
        .map(entry -> new ScoredCascade(entry.value(), entry.objectives()))
        .toList();
  }
}
