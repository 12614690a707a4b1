package encas.cli;

import encas.front.CascadeFront;
import encas.front.FrontMember;
import encas.report.statistics.Sample;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What a sweep found: every run, every algorithm, and the first algorithm against each other one.
 *
 * @param schema of {@code sweep.json}
 */
record SweepSummary(
    int schema,
    String pool,
    String split,
    List<Double> referencePoint,
    List<AlgorithmFigures> algorithms,
    List<Comparison> comparisons) {

  /** One run; {@code hypervolumeLog} is null where a cost is not positive. */
  record RunFigures(
      int seed,
      long evaluations,
      double cpuSeconds,
      double hypervolume,
      Double hypervolumeLog,
      int frontSize,
      double bestError) {

    static RunFigures of(CascadeFront front, double cpuSeconds) {
      return new RunFigures(
          front.seed(),
          front.evaluations(),
          cpuSeconds,
          front.hypervolume().linear(),
          front.hypervolume().log(),
          front.members().size(),
          front.members().stream().mapToDouble(FrontMember::error).min().orElse(100));
    }
  }

  /** An indicator over the runs of an algorithm; the area lies between best and worst front. */
  record Indicator(double worst, double median, double mean, double best, double worstBestArea) {

    static Indicator of(List<RunFigures> runs, ToDoubleFunction<RunFigures> value) {
      Sample sample = new Sample(runs.stream().mapToDouble(value).toArray());
      return new Indicator(
          sample.worst(), sample.median(), sample.mean(), sample.best(), sample.worstBestArea());
    }
  }

  /** An algorithm's runs. */
  record AlgorithmFigures(
      String algorithm, Indicator hypervolume, Indicator hypervolumeLog, List<RunFigures> runs) {

    static AlgorithmFigures of(String algorithm, List<RunFigures> runs) {
      return new AlgorithmFigures(
          algorithm,
          Indicator.of(runs, RunFigures::hypervolume),
          runs.get(0).hypervolumeLog() == null
              ? null
              : Indicator.of(runs, RunFigures::hypervolumeLog),
          runs);
    }
  }

  /**
   * One algorithm against another in one indicator, paired by seed.
   *
   * @param meanDifference of the first over the second
   * @param p one-sided, that the first is better (Wilcoxon signed-rank)
   * @param pHolm the same, corrected for all comparisons of this indicator
   * @param pSecondBetter one-sided, that the second is better
   * @param effectSize Vargha-Delaney A of the first over the second
   */
  record Comparison(
      String first,
      String second,
      String indicator,
      double meanDifference,
      double p,
      double pHolm,
      double pSecondBetter,
      double effectSize) {}
}
