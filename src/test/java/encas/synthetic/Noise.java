package encas.synthetic;

/**
 * Random numbers by counter: each is a function of its key alone, so any thread can ask for any of
 * them in any order (the finaliser of SplitMix64, Steele et al. 2014).
 */
final class Noise {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private Noise() {}

  /** 64 random bits of a key; a bijection. */
  static long mix(long key) {
    long z = key + GOLDEN;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** The key of the {@code index}-th stream under a key. */
  static long key(long key, long index) {
    return mix(key ^ mix(index));
  }

  /** The bits at a place in the key's stream. */
  static long bits(long key, int place) {
    return mix(key + place * GOLDEN);
  }

  /** A number in 0 .. bound-1. */
  static int below(long bits, int bound) {
    return (int) (((bits >>> 32) * bound) >>> 32);
  }

  /**
   * Nearly normal, mean 0, deviation 1, within 3.5: the sum of the four 16-bit numbers in the bits.
   */
  static double normal(long bits) {
    long sum =
        (bits & 0xFFFF) + ((bits >>> 16) & 0xFFFF) + ((bits >>> 32) & 0xFFFF) + (bits >>> 48);
    return (sum * 0x1p-16 - 2 + 0x1p-15) * 1.7320508075688772;
  }
}
