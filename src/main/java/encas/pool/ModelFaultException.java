package encas.pool;

/**
 * A model's own fault: file missing, checksum wrong, cannot be loaded, wrong shape or class count,
 * no batch axis, NaN, time-out. The run may leave the model out and go on.
 */
public final class ModelFaultException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  public ModelFaultException(String model, String reason, Throwable cause) {
    super("model " + model + ": " + reason, cause);
    this.reason = reason;
  }

  /** What is wrong, without the model's id. */
  public String reason() {
    return reason;
  }
}
