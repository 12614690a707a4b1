package encas.search.archive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Members in ascending order of one cost; of equal cost by error, then by the other costs. What a
 * search compares lies side by side: O(log n) to find, and moving what lies behind to insert.
 */
final class CostOrder {
  private final int axis;
  private final List<Member> members = new ArrayList<>();
  private double[] costs = new double[16];
  private double[] errors = new double[16];
  private double[] places = new double[16];

  /** Nobody yet, by a cost axis, 0 being the first. */
  CostOrder(int axis) {
    this.axis = axis;
  }

  /** The members in their order; not to be written. */
  List<Member> members() {
    return members;
  }

  int size() {
    return members.size();
  }

  Member get(int at) {
    return members.get(at);
  }

  double error(int at) {
    return errors[at];
  }

  /** Whether a position is that of a member with this error and this cost. */
  boolean has(int at, double error, double cost) {
    return at < size() && costs[at] == cost && errors[at] == error;
  }

  void add(Member member) {
    add(position(member), member);
  }

  /** Puts a member where it belongs. */
  void add(int at, Member member) {
    if (size() == costs.length) {
      costs = Arrays.copyOf(costs, 2 * costs.length);
      errors = Arrays.copyOf(errors, 2 * errors.length);
      places = Arrays.copyOf(places, 2 * places.length);
    }
    move(at, at + 1);
    members.add(at, member);
    costs[at] = member.objectives()[axis + 1];
    errors[at] = member.objectives()[0];
    places[at] = member.place(axis);
  }

  /** Drops the members from one position to before another. */
  void remove(int from, int to) {
    if (from < to) {
      move(to, from);
      members.subList(from, to).clear();
    }
  }

  private void move(int from, int to) {
    System.arraycopy(costs, from, costs, to, size() - from);
    System.arraycopy(errors, from, errors, to, size() - from);
    System.arraycopy(places, from, places, to, size() - from);
  }

  /**
   * Where a member is, or belongs. It follows from the objectives alone, so a restored order is the
   * same.
   */
  int position(Member member) {
    double[] objectives = member.objectives();
    double cost = objectives[axis + 1];
    int low = 0;
    int high = size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (costs[middle] < cost || (costs[middle] == cost && isBefore(middle, objectives))) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Of equal cost; with four objectives the error can be the same, too. */
  private boolean isBefore(int at, double[] objectives) {
    double[] others = get(at).objectives();
    int j = 0;
    while (j < others.length - 1 && others[j] == objectives[j]) {
      j++;
    }
    return others[j] < objectives[j];
  }

  /** Index of the member nearest to a place; there is a member. */
  int nearest(double place) {
    int from = firstFrom(place);
    boolean before =
        from == size() || (from > 0 && place - places[from - 1] <= places[from] - place);
    return before ? from - 1 : from;
  }

  /** Index of the first member at a place or behind it; as many as there are if there is none. */
  int firstFrom(double place) {
    int low = 0;
    int high = size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (places[middle] < place) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
