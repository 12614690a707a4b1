package encas.pool.djl;

import encas.failure.InvalidInputException;
import encas.pool.ModelCard;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Tells a machine without usable CUDA, where every model fails, from a model that is at fault. The
 * engines say it by message only, and only when a model is loaded or run on a named GPU.
 */
final class CudaFaults {
  private static final Pattern MISSING =
      Pattern.compile(
          "failed to find cuda shared provider|cuda execution provider is not enabled"
              + "|from the 'cuda' backend|not compiled with cuda|torch not linked with support for cuda"
              + "|lib(cudart|cublas|cublaslt|cudnn|cufft|curand|nvrtc)[-_.\\w]*\\.so"
              + "|cuda driver version is insufficient|no cuda-capable device|no kernel image");

  private CudaFaults() {}

  static boolean isMissing(Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (MISSING.matcher(String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT)).find()) {
        return true;
      }
    }
    return false;
  }

  static InvalidInputException refused(
      ModelCard card, int device, String engine, Throwable failure) {
    return new InvalidInputException(
        "model "
            + card.id()
            + ": its task was given GPU "
            + device
            + ", but "
            + engine
            + " has no usable CUDA on this machine ("
            + EngineFaults.reason(failure)
            + "); give executors the engine's CUDA natives, see docs/devices.md, or set devices: cpu",
        failure);
  }
}
