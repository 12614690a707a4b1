package encas.outputs.hadoop;

/** Says whether this run may still change what readers of a table see; see {@link TableLock}. */
@FunctionalInterface
public interface TableGuard {
  /** For tables that nobody else can write to. */
  TableGuard NONE = () -> {};

  /**
   * Asked right before anything appears or disappears.
   *
   * @throws encas.failure.RunFailedException if it may not
   */
  void check();
}
