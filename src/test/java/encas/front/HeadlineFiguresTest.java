package encas.front;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.front.HeadlineFigures.Point;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeadlineFiguresTest {
  private static final SingleModel SMALL = single("small", 0.5, 20.5, 21.0);

  @Test
  void best_single_model_is_the_cheapest_of_the_most_accurate() {
    Headline headline =
        Headline.of(
            Fronts.two(),
            List.of(single("dear", 90, 8.0, 8.0), SMALL, single("large", 39, 8.0, 8.4), SMALL));
    assertEquals("large", headline.single().id());
    assertEquals(1, headline.cheapest());
    assertEquals(1, headline.best());
  }

  @Test
  void figures_of_the_split_searched_are_those_of_front_and_pool() {
    SingleModel large = single("large", 39, 8.0, 8.4);
    Headline headline = Headline.of(Fronts.two(), List.of(SMALL, large));
    HeadlineFigures searched = HeadlineFigures.searched(Fronts.two(), headline);
    assertEquals("search", searched.split());
    assertEquals(new Point(8.0, 39), searched.single());
    assertEquals(new Point(7.31, 3.9), searched.cheapest());
    assertEquals(10.0, searched.costRatio(), 1e-12);
    assertEquals(headline.costRatio(), searched.costRatio());
    assertEquals(0.69, searched.gain(), 1e-12);
    assertEquals(Fronts.two().hypervolume(), searched.hypervolume());
    assertEquals(Fronts.two().singleModels(), searched.singleModels());
  }

  @Test
  void figures_of_the_test_split_are_of_the_same_cascades() {
    SingleModel large = single("large", 38, 8.0, 8.4);
    HeadlineFigures tested =
        HeadlineFigures.tested(Fronts.assessed(), Headline.of(Fronts.two(), List.of(SMALL, large)));
    assertEquals("test", tested.split());
    assertEquals(new Point(8.4, 38), tested.single());
    assertEquals(new Point(7.5, 3.8), tested.cheapest());
    assertEquals(10.0, tested.costRatio(), 1e-12);
    assertEquals(0.9, tested.gain(), 1e-12);
    assertEquals(Fronts.assessed().hypervolume(), tested.hypervolume());
  }

  @Test
  void what_is_not_there_is_null_and_its_ratio_not_a_number() {
    SingleModel unbeaten = single("unbeaten", 39, 1.0, null);
    Headline headline = Headline.of(Fronts.two(), List.of(unbeaten));
    HeadlineFigures searched = HeadlineFigures.searched(Fronts.two(), headline);
    assertNull(searched.cheapest());
    assertTrue(Double.isNaN(searched.costRatio()));
    HeadlineFigures tested = HeadlineFigures.tested(Fronts.assessed(), headline);
    assertNull(tested.single());
    assertTrue(Double.isNaN(tested.gain()));
    HeadlineFigures none =
        HeadlineFigures.searched(
            Fronts.of(List.of()), Headline.of(Fronts.of(List.of()), List.of(unbeaten)));
    assertNull(none.best());
    assertTrue(Double.isNaN(none.gain()));
  }

  private static SingleModel single(String id, double cost, double error, Double testError) {
    return new SingleModel(id, Map.of("mflops", cost), error, testError);
  }
}
