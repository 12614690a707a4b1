package encas.front;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CascadeFrontTest {

  @Test
  void thinning_keeps_a_member_only_if_a_tenth_of_a_point_better_than_every_cheaper_one_kept() {
    CascadeFront front = front(20.00, 19.96, 19.94, 19.86, 19.84, 12.0);
    assertEquals(List.of(20.00, 19.94, 19.84, 12.0), errors(front.thinned()));
  }

  @Test
  void headline_compares_the_best_single_model_with_the_cheapest_cascade_as_accurate() {
    Headline headline =
        Headline.of(
            front(20, 9, 8, 7.5),
            List.of(single("small", 1, 15), single("dear", 40, 8), single("fair", 12, 8)));
    assertEquals("fair", headline.single().id());
    assertEquals(2, headline.cheapest());
    assertEquals(3, headline.best());
    assertEquals(4.0, headline.costRatio());
  }

  @Test
  void headline_of_a_front_below_the_best_single_model_has_no_cheapest() {
    Headline headline = Headline.of(front(20, 9), List.of(single("best", 40, 5)));
    assertEquals(-1, headline.cheapest());
    assertEquals(1, headline.best());
    assertTrue(Double.isNaN(headline.costRatio()));
  }

  @Test
  void headline_of_an_empty_front_names_the_single_model_alone() {
    Headline headline = Headline.of(front(), List.of(single("best", 40, 5)));
    assertEquals("best", headline.single().id());
    assertEquals(-1, headline.best());
  }

  @Test
  void headline_has_the_figures_of_either_split() {
    SingleModel single = new SingleModel("best", Map.of("mflops", 38.0), 7.4, 8.0);
    Headline headline = Headline.of(Fronts.two(), List.of(single));
    HeadlineFigures searched = HeadlineFigures.searched(Fronts.two(), headline);
    assertEquals(38 / 3.9, searched.costRatio());
    assertEquals(7.4 - 7.31, searched.gain());
    HeadlineFigures tested = HeadlineFigures.tested(Fronts.assessed(), headline);
    assertEquals(new HeadlineFigures.Point(8.0, 38.0), tested.single());
    assertEquals(new HeadlineFigures.Point(7.5, 3.8), tested.cheapest());
    assertEquals(10.0, tested.costRatio());
    assertEquals(0.5, tested.gain());
    assertEquals(new FrontVolume(0.59, null), tested.singleModels());
  }

  @Test
  void headline_of_an_unknown_test_error_has_no_ratio_there() {
    Headline headline = Headline.of(Fronts.two(), List.of(single("best", 38, 7.4)));
    HeadlineFigures tested = HeadlineFigures.tested(Fronts.assessed(), headline);
    assertNull(tested.single());
    assertTrue(Double.isNaN(tested.costRatio()));
    assertTrue(Double.isNaN(tested.gain()));
  }

  private static SingleModel single(String id, double cost, double error) {
    return new SingleModel(id, Map.of("mflops", cost), error, null);
  }

  /** Members at costs 1, 2, 3... */
  private static CascadeFront front(double... errors) {
    List<FrontMember> members = new ArrayList<>();
    for (double error : errors) {
      members.add(Fronts.member(List.of("a"), List.of(), error, members.size() + 1));
    }
    return Fronts.of(members);
  }

  private static List<Double> errors(List<FrontMember> members) {
    return members.stream().map(FrontMember::error).toList();
  }
}
