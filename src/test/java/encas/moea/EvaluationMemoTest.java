package encas.moea;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvaluationMemoTest {

  @Test
  void knows_what_a_map_knows_and_so_does_its_copy() {
    long seed = 5_150L;
    var random = new SplittableRandom(seed);
    var memo = new EvaluationMemo(4, 2);
    Map<List<Integer>, double[]> map = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      int[] genotype = random.ints(4, -4, 12).toArray();
      double[] values = {random.nextDouble(), i};
      map.putIfAbsent(key(genotype), values);
      memo.put(genotype, values);
      assertKnown(map, memo, random.ints(4, -4, 12).toArray(), "seed " + seed);
    }
    assertEquals(map.size(), memo.size());
    var copy = new EvaluationMemo(4, 2, memo.keys(), memo.values());
    copy.put(new int[] {99, 0, 0, 0}, new double[] {1, 2});
    for (int i = 0; i < 20_000; i++) {
      assertKnown(map, copy, random.ints(4, -4, 12).toArray(), "seed " + seed);
    }
    assertEquals(map.size(), memo.size());
  }

  @Test
  void a_snapshot_stays_as_it_was_while_the_memo_grows() {
    var memo = new EvaluationMemo(2, 1);
    int full = 0;
    for (int size = 0; size < 3_000; size++) {
      memo.put(new int[] {size, 1}, new double[] {size});
      int inChunk = memo.size() % 1024;
      if (size % 100 == 0 || inChunk > 1021 || inChunk < 2) {
        full += inChunk == 0 ? 1 : 0;
        List<int[]> keys = memo.keys();
        List<double[]> values = memo.values();
        memo.put(new int[] {-size, 2}, new double[] {-size});
        var then = new EvaluationMemo(2, 1, keys, values);
        assertEquals(memo.size() - 1, then.size());
        assertTrue(then.find(new int[] {size, 1}, new double[1]));
        assertFalse(then.find(new int[] {-size, 2}, new double[1]));
        assertEquals(then.size(), keys.stream().mapToInt(chunk -> chunk.length / 2).sum());
        assertEquals(then.size(), values.stream().mapToInt(chunk -> chunk.length).sum());
      }
    }
    assertTrue(full > 0, "no snapshot at a full chunk");
  }

  /** Whoever goes on first has the table; whoever comes later does not see what that one adds. */
  @Test
  void all_that_go_on_from_one_snapshot_know_what_it_knew_and_what_they_add() {
    var memo = new EvaluationMemo(2, 1);
    for (int i = 0; i < 5_000; i++) {
      memo.put(new int[] {i, 0}, new double[] {i});
    }
    List<int[]> keys = memo.keys();
    List<double[]> values = memo.values();
    List<EvaluationMemo> further =
        List.of(
            new EvaluationMemo(2, 1, keys, values),
            memo,
            new EvaluationMemo(2, 1, keys, values),
            new EvaluationMemo(2, 1, new ArrayList<>(keys), values));
    for (int i = 0; i < 5_000; i++) {
      for (int one = 0; one < further.size(); one++) {
        further.get(one).put(new int[] {i, one + 1}, new double[] {-i});
      }
    }
    for (int one = 0; one < further.size(); one++) {
      assertEquals(10_000, further.get(one).size());
      for (int i = 0; i < 5_000; i++) {
        assertTrue(further.get(one).find(new int[] {i, 0}, new double[1]));
        for (int other = 0; other < further.size(); other++) {
          int[] added = {i, other + 1};
          assertEquals(one == other, further.get(one).find(added, new double[1]));
        }
      }
    }
  }

  /** A checkpoint may be due while a cascade is evaluated. */
  @Test
  void a_snapshot_may_be_taken_while_values_are_asked_for() {
    var memo = new EvaluationMemo(2, 1);
    for (int i = 0; i < 1_000; i++) {
      int[] genotype = {i, 0};
      double value = i;
      List<EvaluationMemo> then = new ArrayList<>();
      assertFalse(
          memo.findOrPut(
              genotype,
              new double[1],
              into -> {
                then.add(new EvaluationMemo(2, 1, memo.keys(), memo.values()));
                into[0] = value;
              }));
      double[] found = new double[1];
      assertTrue(memo.find(genotype, found));
      assertEquals(value, found[0]);
      assertFalse(then.get(0).find(genotype, found));
    }
    assertEquals(1_000, memo.size());
  }

  @Test
  void threads_that_go_on_from_one_snapshot_do_not_meet() {
    var memo = new EvaluationMemo(2, 1);
    for (int i = 0; i < 50_000; i++) {
      memo.put(new int[] {i, 0}, new double[] {i});
    }
    List<int[]> keys = memo.keys();
    List<double[]> values = memo.values();
    long known =
        IntStream.range(1, 9)
            .parallel()
            .mapToLong(
                one -> {
                  var further = new EvaluationMemo(2, 1, keys, values);
                  for (int i = 0; i < 50_000; i++) {
                    further.put(new int[] {i, one}, new double[] {i});
                  }
                  return IntStream.range(0, 50_000)
                      .filter(i -> further.find(new int[] {i, 0}, new double[1]))
                      .filter(i -> further.find(new int[] {i, one}, new double[1]))
                      .filter(i -> !further.find(new int[] {i, one + 1}, new double[1]))
                      .count();
                })
            .sum();
    assertEquals(8 * 50_000, known);
  }

  private static List<Integer> key(int[] genotype) {
    return List.of(genotype[0], genotype[1], genotype[2], genotype[3]);
  }

  private static void assertKnown(
      Map<List<Integer>, double[]> map, EvaluationMemo memo, int[] genotype, String where) {
    double[] found = new double[2];
    double[] expected = map.get(key(genotype));
    assertEquals(expected != null, memo.find(genotype, found), where);
    if (expected != null) {
      assertArrayEquals(expected, found, where);
    }
  }
}
