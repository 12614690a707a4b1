package encas.front;

import java.util.Map;

/**
 * A model alone: a point beside the front.
 *
 * @param costs of one sample, by cost column
 * @param searchError percentage of wrong answers on the split searched
 * @param testError on the test split; null if not known
 */
public record SingleModel(
    String id, Map<String, Double> costs, double searchError, Double testError) {}
