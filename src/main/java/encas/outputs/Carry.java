package encas.outputs;

import encas.dataset.SampleIndex;
import encas.dataset.SampleIndex.Content;
import java.io.Serializable;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Which samples of a split's data were there in earlier data of it, whose rows hold for them still:
 * a row depends on its picture and its model alone.
 *
 * <pre>{@code
 * Carry carry = Carry.of(SampleIndex now, SampleIndex before);
 * carry.earlier(17); // where sample 17 was before, -1 if it is new
 * }</pre>
 *
 * <p>O(samples) time and memory.
 */
public final class Carry implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int[] earlier;
  private final int before;
  private final int fresh;

  private Carry(int[] earlier, int before) {
    this.earlier = earlier;
    this.before = before;
    this.fresh = (int) Arrays.stream(earlier).filter(sample -> sample < 0).count();
  }

  /** Finds the samples of one in the other; of several equal ones the first goes with the first. */
  public static Carry of(SampleIndex now, SampleIndex before) {
    Map<Content, Integer> first = new HashMap<>();
    int[] nextEqual = new int[before.size()];
    for (int sample = before.size() - 1; sample >= 0; sample--) {
      Integer equal = first.put(before.content(sample), sample);
      nextEqual[sample] = equal == null ? sample : equal;
    }
    int[] earlier = new int[now.size()];
    for (int sample = 0; sample < now.size(); sample++) {
      Content content = now.content(sample);
      Integer found = first.get(content);
      earlier[sample] = found == null ? -1 : found;
      if (found != null) {
        first.put(content, nextEqual[found]);
      }
    }
    return new Carry(earlier, before.size());
  }

  /** Number of samples. */
  public int size() {
    return earlier.length;
  }

  /** Number of samples of the earlier data. */
  public int before() {
    return before;
  }

  /** Number of samples that are new. */
  public int fresh() {
    return fresh;
  }

  /** A sample's index in the earlier data; -1 if it is new. */
  public int earlier(int sample) {
    return earlier[sample];
  }

  /** The samples that are new. */
  public BitSet freshSamples() {
    BitSet samples = new BitSet(earlier.length);
    IntStream.range(0, earlier.length).filter(n -> earlier[n] < 0).forEach(samples::set);
    return samples;
  }

  /** How many of the samples {@code from <= sample < to} are new. */
  public long fresh(long from, long to) {
    return IntStream.range((int) from, (int) to).filter(n -> earlier[n] < 0).count();
  }
}
