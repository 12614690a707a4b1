package encas.inference;

import encas.inference.InferenceReport.ModelResult;
import encas.pool.ModelCard;
import encas.pool.ModelPool;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What inference cost: the pool with the measured columns {@value #MS_PER_SAMPLE} and {@value
 * #LATENCY_MS_B1} beside its own, and what they were measured on.
 *
 * <pre>{@code
 * MeasuredCosts measured = MeasuredCosts.of(pool, report);
 * PoolFile.toYaml(measured.pool(), file, measured.device());
 * }</pre>
 *
 * <p>The first is milliseconds of one task for one sample, in batches of the size that the manifest
 * names: running and storing, without loading the model and without waiting for pictures, which
 * some models share; over all splits, each weighed by its rows. Tasks ran beside others, one a core
 * or GPU. The second is milliseconds for a batch of one sample, of zeros, when the model is warm. A
 * model without a measurement (imported, or left out) keeps the costs that it has.
 *
 * @param device kinds of device that ran the models, "cpu", "gpu" or "cpu, gpu"; empty if none did
 */
public record MeasuredCosts(ModelPool pool, String device) {
  /** Name of the cost column. */
  public static final String MS_PER_SAMPLE = "ms-per-sample";

  /** Name of the cost column of latency. */
  public static final String LATENCY_MS_B1 = "latency-ms-b1";

  public static MeasuredCosts of(ModelPool pool, InferenceReport report) {
    Map<String, List<ModelResult>> measured =
        report.results().stream()
            .filter(result -> result.imagesPerS() != null && result.imagesPerS() > 0)
            .collect(Collectors.groupingBy(ModelResult::model));
    List<ModelCard> cards = new ArrayList<>();
    for (ModelCard card : pool.models()) {
      List<ModelResult> results = measured.get(card.id());
      cards.add(results == null ? card : withCosts(card, results));
    }
    TreeSet<String> devices = new TreeSet<>();
    measured.values().forEach(results -> results.forEach(result -> devices.add(result.device())));
    return new MeasuredCosts(
        new ModelPool(pool.name(), pool.classes(), pool.classNames(), List.copyOf(cards)),
        String.join(", ", devices));
  }

  /** To four significant digits: the manifests' rates have not more. */
  private static double milliseconds(List<ModelResult> results) {
    double rows = 0;
    double seconds = 0;
    for (ModelResult result : results) {
      rows += result.rows();
      seconds += result.rows() / result.imagesPerS();
    }
    return Double.parseDouble(String.format(Locale.ROOT, "%.4g", 1000 * seconds / rows));
  }

  private static ModelCard withCosts(ModelCard card, List<ModelResult> results) {
    Map<String, Double> costs = new LinkedHashMap<>(card.costs());
    costs.put(MS_PER_SAMPLE, milliseconds(results));
    // Of several splits the one that was disturbed least.
    results.stream()
        .map(ModelResult::latencyMsB1)
        .filter(Objects::nonNull)
        .min(Double::compare)
        .ifPresent(latency -> costs.put(LATENCY_MS_B1, latency));
    return new ModelCard(
        card.id(),
        card.uri(),
        card.sha256(),
        card.engine(),
        card.input(),
        card.preprocess(),
        card.output(),
        Collections.unmodifiableMap(costs));
  }
}
