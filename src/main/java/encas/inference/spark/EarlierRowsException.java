package encas.inference.spark;

/** Rows of a split's earlier data cannot be used after all; says why. */
final class EarlierRowsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  EarlierRowsException(String message, Throwable cause) {
    super(message, cause);
  }
}
