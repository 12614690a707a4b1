package encas.cli;

import encas.assessment.Assessment;
import encas.config.RunFile;
import encas.evaluation.ScaledSplit;
import encas.failure.InvalidInputException;
import encas.front.AssessedFront;
import encas.front.FrontFile;
import encas.pool.ModelCard;
import java.io.IOException;
import java.util.List;

/** Assesses the run's front on the test split; writes assessment.json. */
final class AssessStep {
  private AssessStep() {}

  /**
   * Assesses the front of the results folder.
   *
   * @param models that have outputs on the test split; their points are the single models'
   */
  static AssessedFront execute(Run run, List<ModelCard> models) throws IOException {
    if (models.isEmpty()) {
      throw new InvalidInputException(
          "no model of the pool has outputs on split test in "
              + run.file().outputs()
              + "; precompute or import them first");
    }
    var front = FrontFile.read(run.runtime().store(), run.file().results());
    AssessedFront assessed =
        OutputsStep.withEvaluator(
            run,
            new ScaledSplit(RunFile.TEST_SPLIT, front.exits().temperatures()),
            models,
            front.exits().confidence(),
            evaluator ->
                new Assessment(
                        run.poolOf(models),
                        evaluator,
                        () -> GreedyStep.gaps(run, RunFile.TEST_SPLIT, models))
                    .of(front, run.file().referencePoint().orElse(null)));
    FrontFile.publish(
        run.runtime().store(),
        run.file().results(),
        FrontFile.ASSESSMENT,
        FrontFile.write(assessed));
    return assessed;
  }

  static List<ModelCard> models(Run run) {
    return run.modelsWithOutputs(List.of(RunFile.TEST_SPLIT));
  }
}
