package encas.outputs.spark;

import encas.failure.InvalidInputException;
import encas.outputs.Manifest;
import encas.outputs.hadoop.ImportSource.Staged;
import encas.outputs.hadoop.OutputTable;
import encas.pool.ModelCard;
import encas.pool.ModelPool;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Holds what is to be imported to itself and to what is there. */
final class SampleAgreement {
  private SampleAgreement() {}

  /** All models of a split are of the same samples, those imported before too. */
  static void check(
      OutputTable table,
      String split,
      List<ModelCard> cards,
      List<Staged> staged,
      Optional<ModelPool> pool) {
    Staged first = staged.get(0);
    for (int m = 1; m < staged.size(); m++) {
      if (!staged.get(m).labelsSha256().equals(first.labelsSha256())) {
        throw new InvalidInputException(
            "models "
                + cards.get(0).id()
                + " and "
                + cards.get(m).id()
                + " have other samples or labels; import models of the same split");
      }
    }
    Set<String> imported = new HashSet<>();
    cards.forEach(card -> imported.add(card.id()));
    for (ModelCard card : pool.map(ModelPool::models).orElse(List.of())) {
      Optional<Manifest> there =
          imported.contains(card.id()) ? Optional.empty() : table.manifest(split, card.id());
      if (there.isEmpty()) {
        continue;
      }
      boolean same =
          there.get().rows() == first.rows()
              && (card.engine() != ModelCard.Engine.IMPORTED
                  || first.labelsSha256().equals(there.get().dataSha256()));
      if (!same) {
        throw new InvalidInputException(
            "split "
                + split
                + " of model "
                + card.id()
                + " has other samples or labels than what is to be imported; use another --split");
      }
    }
  }
}
