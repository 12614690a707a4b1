package encas.pool.djl;

import java.util.Locale;
import java.util.regex.Pattern;

/** What an engine's exception means; engines tell it by message only. */
final class EngineFaults {
  private static final Pattern OUT_OF_MEMORY =
      Pattern.compile(
          "out of memory|outofmemory|bad_alloc|failed to allocate memory|can't allocate memory"
              + "|cublas_status_alloc_failed|cudnn_status_alloc_failed|bfcarena"
              + "|available memory of .* is smaller than requested");
  private static final int LONGEST_REASON = 300;

  private EngineFaults() {}

  static boolean isOutOfMemory(Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof OutOfMemoryError
          || OUT_OF_MEMORY
              .matcher(String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT))
              .find()) {
        return true;
      }
    }
    return false;
  }

  /** The innermost cause's message as one line, shortened. */
  static String reason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String text = String.valueOf(root.getMessage()).strip().replaceAll("\\s+", " ");
    if (text.isEmpty() || text.equals("null")) {
      return root.getClass().getSimpleName();
    }
    return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON) + "...";
  }
}
