package encas.moea.gomea;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The archive that all populations share: members in an order, from which donors are drawn by
 * position. Grown beyond 1.25 x its target it puts objective space into boxes, one member each.
 *
 * <p>Values are maximised. Source: Luong and Bosman, "Elitist archiving for multi-objective
 * evolutionary algorithms: to adapt or not to adapt", PPSN 2012.
 */
abstract class ElitistArchive {

  /** What became of a solution that was offered. */
  enum Offer {
    /** A member dominates it. */
    DOMINATED,
    /** A member sits in its box; it may have taken the member's place. */
    OCCUPIED,
    /** It is in. */
    NEW
  }

  /** A member; its arrays are not to be written. */
  record Member(int[] genotype, double[] values) {}

  private static final int BISECTIONS = 25;

  protected final Rules rules;
  protected List<Member> members = new ArrayList<>();
  protected Boxes boxes = Boxes.NONE;

  private final int lower;
  private final int upper;

  ElitistArchive(Rules rules, int target) {
    this.rules = rules;
    this.lower = (int) (0.75 * target);
    this.upper = (int) (1.25 * target);
  }

  /** The plain offer: an occupied box stays with who has it. */
  abstract Offer offer(int[] genotype, double[] values);

  /** The offer with replacement: an occupied box goes to who is farther from all other members. */
  abstract Offer offerReplacing(int[] genotype, double[] values);

  /** Box sides for values from {@code lows} on over these ranges, with this many boxes a side. */
  abstract Boxes boxes(double[] lows, double[] ranges, int perSide);

  int size() {
    return members.size();
  }

  Member member(int position) {
    return members.get(position);
  }

  boolean isDiscretised() {
    return boxes.steps().length > 0;
  }

  /** The first member with the largest value of an objective. */
  Member best(int objective) {
    Member best = members.get(0);
    for (Member member : members) {
      if (member.values()[objective] > best.values()[objective]) {
        best = member;
      }
    }
    return best;
  }

  /** Switches boxes on or off and finds their size; called once at the end of every generation. */
  void adapt() {
    if (isDiscretised() && size() < lower) {
      boxes = Boxes.NONE;
    }
    if (size() <= upper) {
      return;
    }
    List<Member> original = members;
    List<double[]> values = original.stream().map(Member::values).toList();
    double[] lows = Ranges.lows(values);
    double[] ranges = Ranges.of(values);
    int fewest = 1;
    int most = 1 << 25;
    for (int round = 0; round < BISECTIONS; round++) {
      int perSide = (fewest + most) / 2;
      boxes = boxes(lows, ranges, perSide);
      members = new ArrayList<>();
      for (Member member : original) {
        offer(member.genotype(), member.values());
      }
      if (size() <= lower) {
        fewest = perSide;
      } else {
        most = perSide;
      }
    }
  }

  /** True if x is farther from all others than the member at this position is. */
  protected boolean isMoreNovel(int[] genotype, int position) {
    return distanceToOthers(genotype, position)
        > distanceToOthers(members.get(position).genotype(), position);
  }

  private int distanceToOthers(int[] genotype, int except) {
    int smallest = Integer.MAX_VALUE;
    for (int i = 0; i < members.size(); i++) {
      if (i != except) {
        smallest = Math.min(smallest, hamming(genotype, members.get(i).genotype()));
      }
    }
    return smallest == Integer.MAX_VALUE ? -1 : smallest;
  }

  private static int hamming(int[] a, int[] b) {
    int distance = 0;
    for (int i = 0; i < a.length; i++) {
      distance += a[i] == b[i] ? 0 : 1;
    }
    return distance;
  }

  MoGomeaState.ArchiveState state() {
    return new MoGomeaState.ArchiveState(
        members.stream().map(Member::genotype).toArray(int[][]::new),
        members.stream().map(Member::values).toArray(double[][]::new),
        boxes.steps(),
        boxes.origin());
  }

  void restore(MoGomeaState.ArchiveState state) {
    members = new ArrayList<>();
    for (int i = 0; i < state.genotypes().length; i++) {
      members.add(new Member(state.genotypes()[i], state.values()[i]));
    }
    boxes = state.steps().length == 0 ? Boxes.NONE : new Boxes(state.steps(), state.origin());
  }

  /** Sides of the boxes, and for the fixed variant where they are counted from. */
  record Boxes(double[] steps, double[] origin) {
    static final Boxes NONE = new Boxes(new double[0], new double[0]);

    @Override
    public String toString() {
      return "boxes " + Arrays.toString(steps);
    }
  }
}
