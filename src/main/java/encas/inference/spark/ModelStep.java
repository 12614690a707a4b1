package encas.inference.spark;

import encas.config.PrecomputeSpec.OnFault;
import encas.failure.InvalidInputException;
import encas.failure.RunFailedException;
import encas.inference.InferenceReport.ModelResult;
import encas.inference.Work;
import encas.outputs.Fingerprint;
import encas.pool.ModelFaultException;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.apache.spark.SparkContext;

/**
 * Computes one (model, split), or leaves it out where the model is at fault and the run file says
 * so.
 */
record ModelStep(
    SparkContext spark,
    ModelJob job,
    Work work,
    ModelJob.Tasks tasks,
    ClassifierLoaders loaders,
    ProgressMeter meter)
    implements Callable<ModelResult> {

  @Override
  public ModelResult call() throws IOException, InterruptedException {
    ProgressMeter.OfModel progress = meter.of(work);
    ModelResult result;
    try {
      result = job.compute(work, loaders.of(work.card()), tasks, progress);
    } catch (ModelFaultException e) {
      result = leaveOut(e);
    }
    progress.ended(result);
    return result;
  }

  private ModelResult leaveOut(ModelFaultException e) throws IOException {
    if (spark.isStopped()) { // what fails now, fails because of that
      throw new RunFailedException("Spark was stopped during inference; run again to go on", e);
    }
    if (job.spec().onModelFailure() == OnFault.STOP) {
      throw new InvalidInputException(
          e.getMessage() + " (split " + work.split() + "; on-model-failure is stop)", e);
    }
    String model = work.card().id();
    Fingerprint fingerprint = Fingerprint.of(work.card(), job.dataSha256());
    job.table().quarantine(work.split(), model, fingerprint, e.reason());
    return ModelResult.failed(work.split(), model, e.reason());
  }
}
