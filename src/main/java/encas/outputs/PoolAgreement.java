package encas.outputs;

import encas.failure.InvalidInputException;
import encas.pool.ModelCard;
import encas.pool.ModelCard.Engine;
import encas.pool.ModelPool;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Holds what is imported to the pool that is there, or says which models the pool has to gain. */
public final class PoolAgreement {
  private PoolAgreement() {}

  /**
   * The cards that the pool lacks; none if it has all.
   *
   * <p>Without {@code append} the imported models must be the pool's imported ones, all of them, in
   * the same order. With it, those that the pool has must agree and keep their order, and the rest
   * is to be added at its end.
   *
   * @throws InvalidInputException if ids, order, costs or classes disagree
   */
  public static List<ModelCard> missing(
      ModelPool pool, List<ModelCard> imported, int classes, boolean append) {
    if (pool.classes() != classes) {
      throw new InvalidInputException(
          "the outputs have "
              + classes
              + " classes, pool "
              + pool.name()
              + " has "
              + pool.classes()
              + "; name another pool file");
    }
    List<ModelCard> known =
        pool.models().stream().filter(c -> c.engine() == Engine.IMPORTED).toList();
    List<ModelCard> missing = new ArrayList<>();
    int last = -1;
    for (int m = 0; m < imported.size(); m++) {
      ModelCard card = imported.get(m);
      Optional<ModelCard> same = find(pool, card.id());
      if (same.isEmpty()) {
        missing.add(card);
        continue;
      }
      checkSame(same.get(), card);
      int position = pool.models().indexOf(same.get());
      if (position < last || !missing.isEmpty()) {
        throw order(pool, card);
      }
      last = position;
    }
    if (append) {
      return missing;
    }
    if (!missing.isEmpty()) {
      throw new InvalidInputException(
          "model "
              + missing.get(0).id()
              + " is not in pool "
              + pool.name()
              + "; --append adds it, --costs and --id-prefix give the ids");
    }
    for (ModelCard card : known) {
      if (find(imported, card.id()).isEmpty()) {
        throw new InvalidInputException(
            "model "
                + card.id()
                + " of pool "
                + pool.name()
                + " is not among the imported ones; import all, or use --append for a part");
      }
    }
    return missing;
  }

  private static InvalidInputException order(ModelPool pool, ModelCard card) {
    return new InvalidInputException(
        "model "
            + card.id()
            + " stands elsewhere in the order of pool "
            + pool.name()
            + "; import the models in the pool's order, new ones last");
  }

  private static void checkSame(ModelCard known, ModelCard card) {
    if (known.engine() != Engine.IMPORTED) {
      throw new InvalidInputException(
          "model "
              + card.id()
              + " of the pool is run by "
              + known.engine().name().toLowerCase(Locale.ROOT)
              + ", not imported; give the imported one another id");
    }
    if (!known.id().equals(card.id())) {
      throw new InvalidInputException(
          "ids " + known.id() + " and " + card.id() + " differ in capitals only; rename one");
    }
    // The pool may have more columns, measured ones for instance.
    if (!known.costs().entrySet().containsAll(card.costs().entrySet())) {
      throw new InvalidInputException(
          "model "
              + card.id()
              + " costs "
              + card.costs()
              + ", in the pool "
              + known.costs()
              + "; correct one of them");
    }
  }

  private static Optional<ModelCard> find(ModelPool pool, String id) {
    return find(pool.models(), id);
  }

  private static Optional<ModelCard> find(List<ModelCard> cards, String id) {
    return cards.stream().filter(card -> card.id().equalsIgnoreCase(id)).findFirst();
  }
}
