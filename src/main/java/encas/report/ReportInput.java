package encas.report;

import encas.failure.InvalidInputException;
import encas.front.AssessedFront;
import encas.front.CascadeFront;
import encas.front.RunHistory;
import encas.front.SingleModel;
import java.util.List;

/**
 * What a page shows. Names in it may come from anyone: the page treats them as text. Making one
 * throws {@link InvalidInputException} if a model lacks a cost that the front has.
 *
 * @param front the front of the split searched
 * @param assessed the same front on the test split; null if it was not assessed
 * @param history how the front grew; may be empty
 * @param singles the pool's models, at least one; each with every objective's cost column
 * @param logCostAxis scale of the cost axis when the page opens
 * @param version of this program, for the foot of the page
 */
public record ReportInput(
    CascadeFront front,
    AssessedFront assessed,
    RunHistory history,
    List<SingleModel> singles,
    boolean logCostAxis,
    String version) {

  public ReportInput {
    if (singles.isEmpty()) {
      throw new IllegalArgumentException("no single models to compare the front with");
    }
    if (assessed != null && !assessed.front().equals(front)) {
      throw new IllegalArgumentException("the assessed front is another front");
    }
    for (SingleModel single : singles) {
      for (String cost : front.objectives().subList(1, front.objectives().size())) {
        if (single.costs().get(cost) == null) {
          throw new InvalidInputException(
              "model "
                  + single.id()
                  + " has no cost "
                  + cost
                  + ", which the front has; give it one in the pool file, or search again");
        }
      }
    }
  }
}
