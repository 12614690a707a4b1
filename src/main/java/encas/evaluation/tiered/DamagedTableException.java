package encas.evaluation.tiered;

import java.io.IOException;

/** A compact table's file is not what its index says; the table is to be built again. */
public final class DamagedTableException extends IOException {
  private static final long serialVersionUID = 1L;

  DamagedTableException(String message) {
    super(message);
  }

  DamagedTableException(String message, Throwable cause) {
    super(message, cause);
  }
}
