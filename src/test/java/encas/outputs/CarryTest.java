package encas.outputs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import encas.dataset.ContentDigest;
import encas.dataset.SampleIndex;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CarryTest {
  private static final long SEED = 606;

  private static SampleIndex index(String contents) {
    SampleIndex.Builder index = new SampleIndex.Builder();
    contents.chars().forEach(c -> index.add(new ContentDigest().add(c)));
    return index.build();
  }

  private static List<Integer> earlier(String now, String before) {
    Carry carry = Carry.of(index(now), index(before));
    List<Integer> earlier = new ArrayList<>();
    for (int sample = 0; sample < carry.size(); sample++) {
      earlier.add(carry.earlier(sample));
    }
    return earlier;
  }

  @Test
  void what_came_between_is_new_and_what_went_is_gone() {
    assertEquals(List.of(0, -1, 1, 3), earlier("aXbd", "abcd"));
    assertEquals(List.of(), earlier("", "abcd"));
    assertEquals(List.of(-1, -1), earlier("ab", ""));
    Carry carry = Carry.of(index("aXbYd"), index("abcd"));
    assertEquals(2, carry.fresh());
    assertEquals(BitSet.valueOf(new long[] {0b1010}), carry.freshSamples());
    assertEquals(1, carry.fresh(1, 3));
    assertEquals(0, carry.fresh(4, 5));
  }

  @Test
  void of_equal_samples_each_goes_with_its_own_so_that_the_order_is_kept() {
    assertEquals(List.of(0, 1, 2, 3, 4), earlier("aabaa", "aabaa"));
    assertEquals(List.of(0, 1, 1), earlier("aaa", "aab"));
    assertEquals(List.of(0, 3), earlier("aa", "abba"));
  }

  @Test
  void every_sample_comes_from_one_of_the_same_content_if_there_is_one() {
    Random random = new Random(SEED);
    for (int trial = 0; trial < 300; trial++) {
      String before = text(random);
      String now = text(random);
      Map<Character, Integer> there = new HashMap<>();
      for (char c : before.toCharArray()) {
        there.merge(c, 1, Integer::sum);
      }
      List<Integer> earlier = earlier(now, before);
      for (int sample = 0; sample < now.length(); sample++) {
        String where = "seed " + SEED + ": " + now + " from " + before;
        int found = earlier.get(sample);
        assertEquals(there.containsKey(now.charAt(sample)), found >= 0, where);
        if (found >= 0) {
          assertEquals(now.charAt(sample), before.charAt(found), where);
        }
      }
    }
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      text.append((char) ('a' + random.nextInt(6)));
    }
    return text.toString();
  }

  @Test
  void an_index_is_read_as_it_was_written() {
    SampleIndex index = index("abc".repeat(1000));
    SampleIndex read = SampleIndex.of(index.toBytes());
    assertEquals(3000, read.size());
    for (int sample = 0; sample < 3000; sample++) {
      assertEquals(index.content(sample), read.content(sample));
    }
  }
}
