package encas.failure;

import java.net.URI;

/**
 * The user's mistake: something typed, or a file named, cannot be used. Nothing has been written.
 *
 * <p>The message is one line that a person reads on standard error: what is wrong, where, and what
 * to do. The command line ends with exit code 2.
 *
 * <pre>{@code
 * throw new InvalidInputException("threshold 1.2 of stage 2 is outside [0, 1]: use a multiple of 0.02");
 * }</pre>
 */
public final class InvalidInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InvalidInputException(String message) {
    super(message);
  }

  public InvalidInputException(String message, Throwable cause) {
    super(message, cause);
  }

  /** {@code what} (for example "the pool file") at {@code uri} cannot be read. */
  public static InvalidInputException unreadable(String what, URI uri, Throwable cause) {
    return new InvalidInputException(
        "cannot read "
            + what
            + " "
            + uri
            + ": "
            + reason(cause)
            + "; check the path and its permissions",
        cause);
  }

  private static String reason(Throwable cause) {
    return cause instanceof java.io.FileNotFoundException
            || cause instanceof java.nio.file.NoSuchFileException
        ? "no such file"
        : String.valueOf(cause.getMessage())
            .lines()
            .findFirst()
            .orElse(cause.getClass().getSimpleName());
  }
}
