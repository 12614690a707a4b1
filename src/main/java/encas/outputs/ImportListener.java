package encas.outputs;

/** Hears how far an import is; may be called by several threads, one call at a time. */
@FunctionalInterface
public interface ImportListener {
  /** Steps of an import. */
  enum Step {
    READ,
    PUBLISHED
  }

  /** {@code done} of {@code models} have passed the step, {@code model} being the latest. */
  void onModel(Step step, String model, int done, int models);
}
