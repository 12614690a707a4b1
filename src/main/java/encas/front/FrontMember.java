package encas.front;

import java.util.List;
import java.util.Map;

/**
 * One cascade of a front with its figures on the split that was searched.
 *
 * @param models ids, in the order in which they run (ensembles: in pool order)
 * @param thresholds one fewer than models, empty for an ensemble; on the confidence, multiples of
 *     0.02 in [0, 1], where models are averaged, on the logit gap where they answer alone (greedy)
 * @param error percentage of wrong answers
 * @param costs mean cost of a sample, by cost column
 * @param stageShare share of the samples that reach each stage
 */
public record FrontMember(
    List<String> models,
    List<Double> thresholds,
    double error,
    Map<String, Double> costs,
    List<Double> stageShare) {}
