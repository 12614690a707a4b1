package encas.outputs;

import com.fasterxml.jackson.databind.JsonNode;
import encas.failure.InvalidInputException;
import encas.pool.ModelCard;
import encas.pool.ModelCard.Engine;
import encas.pool.ModelCard.OutputKind;
import encas.pool.ModelId;
import encas.pool.ModelPool;
import encas.storage.Store;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Who imported outputs belong to and what they cost: from a costs table, else from the published
 * system's {@code info.json}, else from the pool that is there already.
 */
public final class ImportedModels {
  private ImportedModels() {}

  /** An imported model's card. */
  private static ModelCard card(String id, Map<String, Double> costs) {
    return new ModelCard(
        id, null, null, Engine.IMPORTED, null, null, OutputKind.PROBABILITIES, costs);
  }

  /** Cards of a costs table's rows, one for each of {@code models}, in order. */
  static List<ModelCard> ofTable(Map<String, Map<String, Double>> table, int models, URI file) {
    if (table.size() != models) {
      throw new InvalidInputException(
          file
              + ": "
              + table.size()
              + " rows of costs for "
              + models
              + " models; write one row a model, in the order of the files");
    }
    List<ModelCard> cards = new ArrayList<>();
    table.forEach((id, costs) -> cards.add(card(id, costs)));
    return cards;
  }

  /**
   * Cards of models that are numbered.
   *
   * @param numbers the models' numbers, in order
   * @param prefix ids are PREFIX-NUMBER where nothing better is known
   * @param costs costs table, or null
   * @param info the published system's {@code info.json}, which may not exist
   * @param pool the pool that is there already, or null: gives the costs of ids it knows
   */
  public static List<ModelCard> numbered(
      List<String> numbers, String prefix, URI costs, URI info, ModelPool pool, Store store) {
    if (costs != null) {
      return ofTable(CostsTable.read(store, costs), numbers.size(), costs);
    }
    JsonNode json = Json.read(store, info, JsonNode.class, "info file").orElse(null);
    List<Double> flops = json == null ? null : flops(json, numbers.size(), info);
    List<String> names = json == null ? List.of() : names(json);
    boolean named = names.size() == numbers.size() && valid(names);
    List<ModelCard> cards = new ArrayList<>();
    for (int m = 0; m < numbers.size(); m++) {
      String id = named ? names.get(m) : prefix + "-" + numbers.get(m);
      if (!ModelId.isValid(id)) {
        throw new InvalidInputException("'" + id + "' is no id; give --id-prefix: " + ModelId.RULE);
      }
      cards.add(card(id, flops != null ? Map.of("mflops", flops.get(m)) : known(id, pool)));
    }
    return cards;
  }

  /** Cards of models that the source itself names; the costs table is matched by id. */
  public static List<ModelCard> named(
      List<String> ids, URI costs, ModelPool pool, URI source, Store store) {
    Map<String, Map<String, Double>> table = costs == null ? null : CostsTable.read(store, costs);
    List<ModelCard> cards = new ArrayList<>();
    for (String id : ids) {
      if (!ModelId.isValid(id)) {
        throw new InvalidInputException(
            source + ": model '" + id + "' is no id; take " + ModelId.RULE);
      }
      Map<String, Double> row = table == null ? known(id, pool) : table.remove(id);
      if (row == null) {
        throw new InvalidInputException(costs + ": no row for model " + id + " of " + source);
      }
      cards.add(card(id, row));
    }
    if (table != null && !table.isEmpty()) {
      throw new InvalidInputException(
          costs + ": model " + table.keySet().iterator().next() + " is not in " + source);
    }
    if (!valid(ids)) {
      throw new InvalidInputException(source + ": two model ids differ in capitals only");
    }
    return cards;
  }

  private static Map<String, Double> known(String id, ModelPool pool) {
    if (pool != null) {
      for (ModelCard card : pool.models()) {
        if (card.id().equals(id)) {
          return card.costs();
        }
      }
    }
    throw new InvalidInputException(
        "the cost of model "
            + id
            + " is not known; give --costs FILE.csv (id,mflops: a row a model)");
  }

  private static List<Double> flops(JsonNode json, int models, URI info) {
    JsonNode array = json.get("flops");
    if (array == null) {
      return null;
    }
    List<Double> flops = new ArrayList<>();
    for (JsonNode flop : array) {
      if (!flop.isNumber() || !(flop.doubleValue() >= 0) || flop.doubleValue() == 1 / 0.0) {
        throw new InvalidInputException(
            info + ": flops[" + flops.size() + "] is " + flop + ", not a number of 0 or more");
      }
      flops.add(flop.doubleValue());
    }
    if (flops.size() != models) {
      throw new InvalidInputException(
          info + ": " + flops.size() + " flops for " + models + " models; give --costs FILE.csv");
    }
    return flops;
  }

  private static List<String> names(JsonNode json) {
    List<String> names = new ArrayList<>();
    JsonNode array = json.get("net_names");
    if (array != null) {
      array.forEach(name -> names.add(name.isTextual() ? name.textValue() : ""));
    }
    return names;
  }

  private static boolean valid(List<String> ids) {
    Set<String> seen = new HashSet<>();
    return ids.stream()
        .allMatch(id -> ModelId.isValid(id) && seen.add(id.toLowerCase(Locale.ROOT)));
  }
}
