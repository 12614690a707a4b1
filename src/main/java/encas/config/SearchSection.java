package encas.config;

import encas.cascade.Confidence;
import encas.config.SearchSpec.Algorithm;
import encas.config.SearchSpec.Mode;
import encas.config.SearchSpec.Models;
import encas.config.SearchSpec.Temperature;
import encas.config.SearchSpec.Variant;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The run file's {@code search}: its keys, their defaults, and what excludes what. */
final class SearchSection {
  private static final long MOST_EVALUATIONS = 1_000_000_000_000L;

  private SearchSection() {}

  static SearchSpec read(Section section) {
    Variant variant = section.choice("variant", Variant.ISLANDS);
    boolean published = variant == Variant.PUBLISHED;
    Optional<Duration> time = section.duration("time");
    Optional<Double> target = section.optionalNumber("target-hypervolume", 0.0, 1.0);
    Optional<Long> evaluations = section.optionalInteger("evaluations", 1, MOST_EVALUATIONS);
    if (evaluations.isEmpty() && !section.has("evaluations")) {
      evaluations = Optional.of(600_000L);
    }
    if (evaluations.isEmpty() && time.isEmpty() && target.isEmpty()) {
      throw section.bad("evaluations", "set evaluations, time or target-hypervolume");
    }
    if (published && section.integer("islands", 1, 1, 100_000) > 1) {
      throw section.bad("islands", "variant published is one population scheme: leave it out");
    }
    if (published && section.has("epoch")) {
      throw section.bad("epoch", "variant published exchanges nothing: leave it out");
    }
    SearchSpec spec =
        new SearchSpec(
            section.choice("algorithm", Algorithm.MO_GOMEA),
            variant,
            section.choice("mode", Mode.CASCADE),
            (int) section.integer("max-models", 5, 1, 16),
            evaluations,
            time,
            target,
            published ? 1 : (int) section.integer("islands", 8, 1, 100_000),
            section.integer("epoch", SearchSpec.DEFAULT_EPOCH, 1, MOST_EVALUATIONS),
            (int) section.integer("seed", 1, Integer.MIN_VALUE, Integer.MAX_VALUE),
            (int) section.integer("repeats", 1, 1, 10_000),
            (int) section.integer("archive-target", 10_000, 1, Integer.MAX_VALUE),
            objectives(section),
            section.choice("confidence", Confidence.MAX_PROBABILITY),
            section.choice("temperature", Temperature.OFF),
            section.choice("models", Models.ALL),
            trace(section));
    served(section, "folds", "1");
    section.refuseUnknownKeys();
    SearchRefusal.of(spec)
        .ifPresent(
            refusal -> {
              throw section.bad(refusal.key(), refusal.remedy());
            });
    return spec;
  }

  private static List<String> objectives(Section section) {
    List<String> objectives = section.texts("objectives", List.of("error", "mflops"));
    if (objectives.size() < 2
        || objectives.size() > 4
        || !objectives.get(0).equals("error")
        || objectives.stream().distinct().count() < objectives.size()) {
      throw section.bad("objectives", "write error first, then one to three cost columns");
    }
    return objectives;
  }

  private static Optional<String> trace(Section section) {
    String trace = section.text("trace");
    if (trace == null || trace.equals("none")) {
      return Optional.empty();
    }
    TracePlace.refusal(trace)
        .ifPresent(
            remedy -> {
              throw section.bad("trace", remedy);
            });
    return Optional.of(trace);
  }

  /** A key of which one value is served so far. */
  private static void served(Section section, String key, String value) {
    String given = section.text(key);
    if (given != null && !given.equals(value)) {
      throw section.bad(key, "this version serves " + value + " only");
    }
  }
}
