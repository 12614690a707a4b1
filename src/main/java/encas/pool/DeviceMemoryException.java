package encas.pool;

/** The device has no memory for a model at this batch size; a smaller one may fit. */
public final class DeviceMemoryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DeviceMemoryException(String model, Throwable cause) {
    super("model " + model + ": out of memory", cause);
  }
}
