package encas.dataset;

/** A picture that cannot be decoded; the message names the file and says why. */
public final class BadImageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long index;

  public BadImageException(long index, String message, Throwable cause) {
    super(message, cause);
    this.index = index;
  }

  /** The sample's index in the split. */
  public long index() {
    return index;
  }
}
