package encas.moea.gomea;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is left of an archive's members if each in turn is offered to an empty archive with boxes,
 * without the offers: dominance among the members is found once, for boxes of any size, and who
 * sits in a box is looked up. O(members<sup>2</sup>) once, then O(members) for each size of boxes.
 */
final class Thinning {
  private static final int[] NONE = {};

  /** For each member those that dominate it, and those that it dominates. */
  private final int[][] dominating;

  private final int[][] dominated;

  private Thinning(int[][] dominating, int[][] dominated) {
    this.dominating = dominating;
    this.dominated = dominated;
  }

  /** Whether one member dominates another. */
  @FunctionalInterface
  interface Dominates {
    boolean test(int one, int another);
  }

  /** Of members none of which dominates another. */
  static Thinning ofFront(int members) {
    int[][] nobody = new int[members][];
    Arrays.fill(nobody, NONE);
    return new Thinning(nobody, nobody);
  }

  /** Of members in general. */
  static Thinning of(int members, Dominates dominates) {
    List<List<Integer>> dominating = new ArrayList<>();
    List<List<Integer>> dominated = new ArrayList<>();
    for (int i = 0; i < members; i++) {
      dominating.add(new ArrayList<>());
      dominated.add(new ArrayList<>());
    }
    for (int i = 0; i < members; i++) {
      for (int k = 0; k < members; k++) {
        if (dominates.test(i, k)) {
          dominating.get(k).add(i);
          dominated.get(i).add(k);
        }
      }
    }
    return new Thinning(arrays(dominating), arrays(dominated));
  }

  private static int[][] arrays(List<List<Integer>> lists) {
    return lists.stream()
        .map(list -> list.stream().mapToInt(i -> i).toArray())
        .toArray(int[][]::new);
  }

  /** A box, as a key. */
  private record Box(long[] numbers) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Box box && Arrays.equals(numbers, box.numbers);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(numbers);
    }
  }

  /**
   * Which members stay.
   *
   * @param boxes the box of each member
   */
  boolean[] keep(long[][] boxes) {
    boolean[] kept = new boolean[boxes.length];
    Map<Box, Integer> sitting = new HashMap<>();
    for (int i = 0; i < boxes.length; i++) {
      Box box = new Box(boxes[i]);
      Integer occupant = sitting.get(box);
      boolean rejected =
          anyOf(dominating[i], kept)
              || (occupant != null && kept[occupant] && !contains(dominated[i], occupant));
      if (!rejected) {
        for (int k : dominated[i]) {
          kept[k] = false;
        }
        kept[i] = true;
        sitting.put(box, i);
      }
    }
    return kept;
  }

  private static boolean anyOf(int[] members, boolean[] kept) {
    for (int member : members) {
      if (kept[member]) {
        return true;
      }
    }
    return false;
  }

  private static boolean contains(int[] members, int wanted) {
    for (int member : members) {
      if (member == wanted) {
        return true;
      }
    }
    return false;
  }
}
