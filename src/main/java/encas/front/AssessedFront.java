package encas.front;

import java.util.List;

/**
 * A front and what its members do on the test split.
 *
 * @param referencePoint of the test split, in objective order
 * @param hypervolume of the members' test figures
 * @param singleModels of the single models' test figures
 * @param test for each member of the front, in its order
 */
public record AssessedFront(
    CascadeFront front,
    List<Double> referencePoint,
    FrontVolume hypervolume,
    FrontVolume singleModels,
    List<TestFigures> test) {

  public AssessedFront {
    if (test.size() != front.members().size()) {
      throw new IllegalArgumentException(
          test.size() + " test figures for " + front.members().size() + " members");
    }
  }
}
