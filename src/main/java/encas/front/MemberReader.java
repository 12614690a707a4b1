package encas.front;

import com.fasterxml.jackson.databind.JsonNode;
import encas.cascade.Cascade;
import encas.front.TestFigures.Interval;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a front's members: a cascade and its figures, on the data of the search or on a test's. */
record MemberReader(StrictFields fields) {

  FrontMember member(JsonNode node, String algorithm, String mode, List<String> objectives) {
    List<String> models = fields.list(node, "models", fields::word);
    List<Double> thresholds =
        fields.list(
            node,
            "thresholds",
            algorithm.equals(CascadeFront.GREEDY) ? this::gap : this::threshold);
    int wanted = mode.equals("ensemble") ? 0 : Math.max(0, models.size() - 1);
    if (thresholds.size() != wanted) {
      throw fields.bad(
          thresholds.size()
              + " thresholds for the models "
              + models
              + " in mode "
              + mode
              + ", not "
              + wanted);
    }
    Map<String, Double> costs = costs(node, objectives);
    return new FrontMember(models, thresholds, error(node), costs, shares(node, models));
  }

  private double gap(JsonNode threshold) {
    if (!threshold.isNumber() || !Double.isFinite(threshold.doubleValue())) {
      throw fields.bad("threshold " + threshold + " is no logit gap");
    }
    return threshold.doubleValue();
  }

  private double threshold(JsonNode threshold) {
    double genes = threshold.doubleValue() * Cascade.MAX_THRESHOLD_GENE;
    int gene = (int) Math.rint(genes);
    if (!threshold.isNumber()
        || gene < 0
        || gene > Cascade.MAX_THRESHOLD_GENE
        || threshold.doubleValue() != gene / (double) Cascade.MAX_THRESHOLD_GENE) {
      throw fields.bad("threshold " + threshold + " is no multiple of 0.02 in [0, 1]");
    }
    return threshold.doubleValue();
  }

  TestFigures figures(JsonNode member, List<String> objectives) {
    JsonNode node = fields.key(member, "test");
    Map<String, Interval> intervals = new LinkedHashMap<>();
    JsonNode given = fields.key(node, "costs-intervals");
    given.fieldNames().forEachRemaining(name -> intervals.put(name, interval(given, name)));
    Map<String, Double> costs = costs(node, objectives);
    if (!intervals.keySet().equals(costs.keySet())) {
      throw fields.bad("costs-intervals of " + intervals.keySet() + ", costs of " + costs.keySet());
    }
    return new TestFigures(
        error(node),
        interval(node, "error-interval"),
        costs,
        intervals,
        shares(node, fields.list(member, "models", fields::word)));
  }

  private double error(JsonNode node) {
    double error = fields.number(node, "error");
    if (error < 0 || error > 100) {
      throw fields.bad("error " + error + " is outside [0, 100]");
    }
    return error;
  }

  private Map<String, Double> costs(JsonNode node, List<String> objectives) {
    JsonNode given = fields.key(node, "costs");
    Map<String, Double> costs = new LinkedHashMap<>();
    given.fieldNames().forEachRemaining(name -> costs.put(name, fields.number(given, name)));
    if (!costs.keySet().containsAll(objectives.subList(1, objectives.size()))) {
      throw fields.bad("costs of " + costs.keySet() + " for objectives " + objectives);
    }
    return costs;
  }

  private List<Double> shares(JsonNode node, List<String> models) {
    List<Double> shares = fields.list(node, "stage-share", fields::finite);
    if (shares.size() != models.size()) {
      throw fields.bad(
          shares.size() + " stage shares for the " + models.size() + " models of " + models);
    }
    for (double share : shares) {
      if (share < 0 || share > 1) {
        throw fields.bad("stage share " + share + " is outside [0, 1]");
      }
    }
    return shares;
  }

  private Interval interval(JsonNode node, String name) {
    List<Double> ends = fields.list(node, name, fields::finite);
    if (ends.size() != 2 || ends.get(0) > ends.get(1)) {
      throw fields.bad(name + " " + ends + " is no interval [low, high]");
    }
    return new Interval(ends.get(0), ends.get(1));
  }
}
