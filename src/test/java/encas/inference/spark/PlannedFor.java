package encas.inference.spark;

import encas.inference.Cluster;
import encas.inference.InferenceProgress;
import encas.inference.InferenceReport.ModelResult;
import java.util.concurrent.atomic.AtomicReference;

/** Remembers what cluster a run was planned for. */
record PlannedFor(AtomicReference<Cluster> cluster) implements InferenceProgress {
  static InferenceProgress telling(AtomicReference<Cluster> cluster) {
    return new PlannedFor(cluster);
  }

  @Override
  public void waiting(int executors, int expected) {}

  @Override
  public void planned(Plan plan) {
    cluster.set(plan.cluster());
  }

  @Override
  public void advanced(State state) {}

  @Override
  public void ended(ModelResult result) {}
}
