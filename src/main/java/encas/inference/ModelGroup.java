package encas.inference;

import java.util.BitSet;
import java.util.List;

/**
 * Models of a split that are shown the same 8-bit pixels.
 *
 * <pre>{@code
 * ModelGroup group = new ModelGroup("test", pixels, 10_000, 512, List.of(first, second));
 * group.shared(); // true: decoded once for both
 * group.chunks(); // 20
 * }</pre>
 *
 * @param pixels what they have in common
 * @param rows samples of the split
 * @param chunkSize samples that are decoded together; every shard is a whole number of them
 * @param work in pool order
 */
public record ModelGroup(String split, PixelKey pixels, long rows, int chunkSize, List<Work> work) {

  /** True if the pixels are made once and kept for all models; one model makes its own. */
  public boolean shared() {
    return work.size() > 1;
  }

  /** Number of chunks. */
  public int chunks() {
    return Math.toIntExact((rows + chunkSize - 1) / chunkSize);
  }

  /** Bytes of all its pixels, kept while its models run. */
  public long bytes() {
    return shared() ? toDecode() * pixels.input().size() : 0;
  }

  /** Samples that some model needs; null if that is all of them. */
  public BitSet wanted() {
    if (work.stream().anyMatch(item -> item.earlier() == null)) {
      return null;
    }
    BitSet wanted = new BitSet();
    work.stream()
        .map(item -> item.earlier().carry())
        .distinct()
        .forEach(carry -> wanted.or(carry.freshSamples()));
    return wanted;
  }

  /** Number of samples that some model needs. */
  public long toDecode() {
    BitSet wanted = wanted();
    return wanted == null ? rows : wanted.cardinality();
  }

  /** Whether all that this work needs is decoded: not if it gave up rows of earlier data. */
  public boolean decodesFor(Work one) {
    return one.earlier() != null || wanted() == null;
  }
}
