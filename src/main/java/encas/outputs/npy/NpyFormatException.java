package encas.outputs.npy;

import java.io.IOException;

/** A file is no {@code .npy} file, or one that is not taken; the message continues "FILE: ". */
public final class NpyFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  NpyFormatException(String message) {
    super(message);
  }
}
