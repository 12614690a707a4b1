package encas.outputs.spark;

/** Why Spark gave up, in one line: the innermost cause knows. */
public final class SparkReason {
  private SparkReason() {}

  public static String of(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage())
        .lines()
        .findFirst()
        .orElse(root.getClass().getSimpleName());
  }
}
