package encas.front;

import java.util.ArrayList;
import java.util.List;

/**
 * What a search found: the exact non-dominated set of all cascades it evaluated, in ascending first
 * cost, with what it takes to find it again.
 *
 * @param objectives "error", then cost columns
 * @param evaluations how many were really made
 * @param referencePoint in objective order
 * @param singleModels hypervolume of the pool's single models on the same split
 */
public record CascadeFront(
    String pool,
    String split,
    String algorithm,
    String variant,
    String mode,
    ExitSettings exits,
    List<String> objectives,
    int seed,
    int islands,
    long evaluations,
    List<Double> referencePoint,
    FrontVolume hypervolume,
    FrontVolume singleModels,
    List<FrontMember> members) {

  /** The algorithm whose cascades average nothing: a model answers alone, by its logit gap. */
  public static final String GREEDY = "greedy";

  /** Whether a model answers alone, by its logit gap. */
  public boolean answersAlone() {
    return algorithm.equals(GREEDY);
  }

  /** The first cost column, by which members are sorted. */
  public String firstCost() {
    return objectives.get(1);
  }

  /**
   * The members worth telling apart: one is kept only if its accuracy, rounded to 0.1 point, is
   * above that of every cheaper one that is kept.
   *
   * <p>Source: the filter of Chebykin et al., GECCO 2022.
   */
  public List<FrontMember> thinned() {
    List<FrontMember> kept = new ArrayList<>();
    long best = Long.MIN_VALUE;
    for (FrontMember member : members) {
      long tenths = Math.round(10 * (100 - member.error()));
      if (tenths > best) {
        kept.add(member);
        best = tenths;
      }
    }
    return kept;
  }
}
