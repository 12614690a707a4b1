package encas.moea.gomea;

/**
 * Where MO-GOMEA's random draws come from; method names as in the published program's description.
 */
public interface Draws {

  /** Uniform in [0, 1). */
  double real();

  /** Uniform in 0..bound-1. */
  int below(int bound);

  /** A random order of 0..size-1. */
  int[] ordering(int size);

  /** The published generator's 48 bits; 0 where draws are handed in. */
  default long state() {
    return 0;
  }
}
