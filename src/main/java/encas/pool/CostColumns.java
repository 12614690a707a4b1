package encas.pool;

import encas.config.Keys;
import encas.failure.InvalidInputException;
import java.util.ArrayList;
import java.util.List;

/** The costs of a pool's models, column by column. Models may have more columns than are used. */
public final class CostColumns {
  private CostColumns() {}

  /**
   * One cost column, {@code [models]}, in pool order.
   *
   * @throws InvalidInputException if a model lacks it; names the columns that all models have
   */
  public static double[] column(ModelPool pool, String name) {
    double[] column = new double[pool.models().size()];
    for (int m = 0; m < column.length; m++) {
      ModelCard card = pool.models().get(m);
      Double cost = card.costs().get(name);
      if (cost == null) {
        throw missing(pool, card, name);
      }
      column[m] = cost;
    }
    return column;
  }

  private static InvalidInputException missing(ModelPool pool, ModelCard card, String name) {
    List<String> common = common(pool);
    return new InvalidInputException(
        "model "
            + card.id()
            + " has no cost '"
            + name
            + "': "
            + (common.isEmpty() ? "" : "did you mean '" + Keys.nearest(name, common) + "'? ")
            + "Add it to its costs in the pool file, or use one that all models have: "
            + common);
  }

  /** The columns that every model has, in the first model's order. */
  private static List<String> common(ModelPool pool) {
    List<String> common = new ArrayList<>(pool.models().get(0).costs().keySet());
    pool.models().forEach(card -> common.retainAll(card.costs().keySet()));
    return common;
  }
}
