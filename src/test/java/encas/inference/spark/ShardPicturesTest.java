package encas.inference.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ShardPicturesTest {
  private static final long SEED = 41;

  @Test
  void every_batch_but_the_last_is_full_of_what_is_wanted() {
    Random random = new Random(SEED);
    for (int trial = 0; trial < 500; trial++) {
      int from = random.nextInt(30);
      int to = from + 1 + random.nextInt(100);
      int size = 1 + random.nextInt(9);
      BitSet wanted = trial % 5 == 0 ? null : new BitSet();
      for (int i = random.nextInt(60); wanted != null && i > 0; i--) {
        wanted.set(random.nextInt(140));
      }
      String where = "seed " + SEED + ", trial " + trial;
      for (long start = from; start < to; ) {
        long end = ShardPictures.end(start, size, to, wanted);
        assertTrue(end > start && end <= to, where);
        long samples =
            wanted == null ? end - start : wanted.get((int) start, (int) end).cardinality();
        assertTrue(samples <= size, where);
        if (end < to) {
          assertEquals(size, samples, where);
        }
        start = end;
      }
    }
  }
}
