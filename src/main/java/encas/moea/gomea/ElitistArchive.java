package encas.moea.gomea;

import encas.moea.Problem;
import encas.moea.Solution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The archive that all populations share: members in an order, from which donors are drawn by
 * position. Grown beyond 1.25 x its target it puts objective space into boxes, one member each.
 *
 * <p>Values are maximised. No two members have the same genotype, or share a box.
 *
 * <p>Source: Luong and Bosman, "Elitist archiving for multi-objective evolutionary algorithms: to
 * adapt or not to adapt", PPSN 2012.
 */
abstract class ElitistArchive {

  /** A member; its arrays are not to be written. */
  record Member(int[] genotype, double[] values) {}

  /** Sides of the boxes, and for the fixed variant where they are counted from. */
  record Boxes(double[] steps, double[] origin) {
    static final Boxes NONE = new Boxes(new double[0], new double[0]);
  }

  private static final int BISECTIONS = 25;
  private static final long[] NO_BOX = {};

  protected final Members members;
  private Boxes boxes = Boxes.NONE;
  private boolean thinned;
  private final int lower;
  private final int upper;

  /** Boxes are switched off below {@code lower} members and sought beyond {@code upper}. */
  ElitistArchive(Problem problem, int lower, int upper) {
    this.members = new Members(problem);
    this.lower = lower;
    this.upper = upper;
  }

  /** Offers a solution; what to do where its box is occupied is the caller's choice. */
  abstract Offer offer(int[] genotype, double[] values, boolean replacing);

  /** The box that a value lies in. */
  abstract long box(double value, double step, double origin);

  /** Box sides for these ranges, with so many boxes a side. */
  abstract double step(double range, int perSide);

  /** What boxes would leave of the members. */
  abstract Thinning thinning();

  /** The plain offer: an occupied box stays with who has it. */
  final Offer offer(int[] genotype, double[] values) {
    return offer(genotype, values, false);
  }

  /** The offer with replacement: an occupied box goes to who is farther from all other members. */
  final Offer offerReplacing(int[] genotype, double[] values) {
    return offer(genotype, values, true);
  }

  int size() {
    return members.size();
  }

  Member member(int position) {
    return new Member(members.genotype(position), members.values(position));
  }

  /** The first member with the largest value of an objective. */
  Member best(int objective) {
    int best = 0;
    for (int i = 1; i < members.size(); i++) {
      if (members.value(i, objective) > members.value(best, objective)) {
        best = i;
      }
    }
    return member(best);
  }

  boolean isDiscretised() {
    return boxes.steps().length > 0;
  }

  /** True once boxes have cost a member its place; without, a solution refused is so for good. */
  boolean hasThinned() {
    return thinned;
  }

  /** Switches boxes on or off and finds their size; called once at the end of every generation. */
  final void adapt() {
    if (isDiscretised() && size() < lower) {
      boxes = Boxes.NONE;
    }
    if (size() <= upper) {
      return;
    }
    thinned = true;
    double[][] values = allValues();
    double[] lows = Ranges.lows(Arrays.asList(values));
    double[] ranges = Ranges.of(Arrays.asList(values));
    Thinning thinning = thinning();
    boolean[] kept = {};
    int fewest = 1;
    int most = 1 << 25;
    for (int round = 0; round < BISECTIONS; round++) {
      int perSide = (fewest + most) / 2;
      boxes = boxes(lows, ranges, perSide);
      kept = thinning.keep(Arrays.stream(values).map(this::boxOf).toArray(long[][]::new));
      if (count(kept) <= lower) {
        fewest = perSide;
      } else {
        most = perSide;
      }
    }
    retain(kept, values);
  }

  private Boxes boxes(double[] lows, double[] ranges, int perSide) {
    double[] steps = new double[ranges.length];
    for (int j = 0; j < steps.length; j++) {
      steps[j] = step(ranges[j], perSide);
    }
    return new Boxes(steps, lows);
  }

  private static int count(boolean[] kept) {
    int count = 0;
    for (boolean stays : kept) {
      count += stays ? 1 : 0;
    }
    return count;
  }

  private void retain(boolean[] kept, double[][] values) {
    int[][] genotypes = new int[kept.length][];
    Arrays.setAll(genotypes, members::genotype);
    members.remove(0, size());
    for (int i = 0; i < kept.length; i++) {
      if (kept[i]) {
        members.insert(size(), genotypes[i], values[i], boxOf(values[i]));
      }
    }
  }

  /** The box of these values, in each objective; none where there are no boxes. */
  protected final long[] boxOf(double[] values) {
    if (!isDiscretised()) {
      return NO_BOX;
    }
    long[] box = new long[values.length];
    for (int j = 0; j < box.length; j++) {
      box[j] = box(values[j], boxes.steps()[j], boxes.origin()[j]);
    }
    return box;
  }

  /** Without boxes every vector of values is a box of its own. */
  protected final boolean sharesBox(int position, double[] values, long[] box) {
    return isDiscretised() ? members.hasBox(position, box) : members.hasValues(position, values);
  }

  /** The members in their order, values negated; shares no array. */
  final List<Solution> solutions() {
    List<Solution> solutions = new ArrayList<>();
    for (int i = 0; i < size(); i++) {
      int[] genotype = members.genotype(i).clone();
      solutions.add(new Solution(genotype, Evaluations.negated(members.values(i))));
    }
    return solutions;
  }

  final MoGomeaState.ArchiveState state() {
    int[][] genotypes = new int[size()][];
    Arrays.setAll(genotypes, members::genotype);
    return new MoGomeaState.ArchiveState(genotypes, allValues(), boxes.steps(), boxes.origin());
  }

  private double[][] allValues() {
    double[][] values = new double[size()][];
    Arrays.setAll(values, members::values);
    return values;
  }

  final void restore(MoGomeaState.ArchiveState state) {
    boxes = state.steps().length == 0 ? Boxes.NONE : new Boxes(state.steps(), state.origin());
    thinned = isDiscretised();
    members.remove(0, size());
    for (int i = 0; i < state.genotypes().length; i++) {
      double[] values = state.values()[i];
      members.insert(i, state.genotypes()[i], values, boxOf(values));
    }
  }
}
