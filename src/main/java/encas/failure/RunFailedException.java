package encas.failure;

/**
 * The input was right but the run could not finish: a disk full, a cluster gone. The command line
 * ends with exit code 3 and says where the log is.
 */
public final class RunFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RunFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
