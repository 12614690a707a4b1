package encas.outputs.hadoop;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Finds which of a model's files hold some samples, by asking few of them: they are in the order of
 * their samples, so O(log files) beside those that are found. Each is asked once at most. Not
 * thread-safe.
 */
final class FileSpans {
  private final FileSpan[] known;
  private final IntFunction<FileSpan> ask;

  /**
   * @param ask reads the span of file n
   */
  FileSpans(int files, IntFunction<FileSpan> ask) {
    this.known = new FileSpan[files];
    this.ask = ask;
  }

  /** The files that may hold samples {@code from <= sample < to}, in order. */
  List<FileSpan> overlapping(long from, long to) {
    List<FileSpan> found = new ArrayList<>();
    for (int n = firstReaching(from); n < known.length; n++) {
      FileSpan span = span(n);
      if (span.overlaps(from, to)) {
        found.add(span);
      } else if (!isEmpty(span) && span.first() >= to) {
        break;
      }
    }
    return found;
  }

  /** No file before this one has a sample so large. */
  private int firstReaching(long from) {
    int low = 0;
    int high = known.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      int asked = middle;
      while (asked < high && isEmpty(span(asked))) {
        asked++; // says nothing of its neighbours
      }
      if (asked < high && span(asked).last() < from) {
        low = asked + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private FileSpan span(int n) {
    if (known[n] == null) {
      known[n] = ask.apply(n);
    }
    return known[n];
  }

  private static boolean isEmpty(FileSpan span) {
    return span.first() > span.last();
  }
}
