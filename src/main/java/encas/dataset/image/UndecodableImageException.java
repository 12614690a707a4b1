package encas.dataset.image;

/** Bytes that are no picture; the message says why and what to do, the caller knows which file. */
public final class UndecodableImageException extends Exception {
  private static final long serialVersionUID = 1L;

  public UndecodableImageException(String message) {
    super(message);
  }

  public UndecodableImageException(String message, Throwable cause) {
    super(message, cause);
  }
}
