package encas.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import encas.front.CascadeFront;
import encas.front.FrontFile;
import encas.front.FrontMember;
import encas.front.Headline;
import encas.front.RunHistory;
import encas.front.SingleModel;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** The figures that the page's script draws, as JSON that is inert inside HTML. */
final class PageData {
  private static final ObjectMapper JSON = new ObjectMapper();

  private PageData() {}

  /**
   * The front as its file has it (with test figures if it was assessed), and beside it places of
   * the members that stand out, the single models, the history, and how to draw.
   */
  static String json(ReportInput input) {
    ObjectNode data = JSON.createObjectNode();
    data.put("logCostAxis", input.logCostAxis());
    Headline headline = Headline.of(input.front(), input.singles());
    data.putObject("headline")
        .put("single", input.singles().indexOf(headline.single()))
        .put("cheapest", headline.cheapest())
        .put("best", headline.best());
    thinned(input.front()).forEach(data.putArray("thinned")::add);
    ArrayNode singles = data.putArray("singles");
    input.singles().forEach(single -> add(singles, single));
    ArrayNode history = data.putArray("history");
    input.history().rows().forEach(row -> add(history, row));
    String front =
        input.assessed() == null
            ? FrontFile.write(input.front())
            : FrontFile.write(input.assessed());
    String rest = data.toString();
    return inert("{\"front\": " + front.strip() + ",\n" + rest.substring(1));
  }

  /** Places of the members of the thinned front. */
  private static List<Integer> thinned(CascadeFront front) {
    Set<FrontMember> kept = new HashSet<>(front.thinned());
    List<FrontMember> members = front.members();
    return IntStream.range(0, members.size())
        .filter(place -> kept.contains(members.get(place)))
        .boxed()
        .toList();
  }

  private static void add(ArrayNode singles, SingleModel single) {
    ObjectNode node = singles.addObject();
    node.put("id", single.id());
    ObjectNode costs = node.putObject("costs");
    single.costs().forEach(costs::put);
    node.put("error", single.searchError());
    node.put("testError", single.testError());
  }

  private static void add(ArrayNode history, RunHistory.Row row) {
    history
        .addObject()
        .put("epoch", row.epoch())
        .put("evaluations", row.evaluations())
        .put("hypervolume", row.hypervolume())
        .put("frontSize", row.frontSize())
        .put("seconds", row.seconds());
  }

  /** These can stand only inside JSON's strings, where an escape means the same. */
  private static String inert(String json) {
    return json.replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029");
  }
}
