package encas.evaluation.tiered;

import java.util.Arrays;

/**
 * What the models of a table have in common on a range of samples: the order of the samples, their
 * labels, and which classes have lanes.
 *
 * @param classes number of classes, C
 * @param samples for each position in the range the sample's index in the split
 * @param order for each position the rank of its sample among the range's, ascending
 * @param labels for each position the class, -1 unknown
 * @param listed for each position the classes of tier 2's lanes, {@code [positions x listed]}; lane
 *     0 is the label's
 * @param hard positions, ascending, whose whole rows are kept
 */
public record SampleLists(
    int classes, long[] samples, int[] order, int[] labels, char[] listed, int[] hard) {

  public SampleLists {
    int lanes = new Lanes(classes).listed();
    if (labels.length != order.length
        || samples.length != order.length
        || listed.length != order.length * lanes) {
      throw new IllegalArgumentException(
          order.length + " samples, " + labels.length + " labels, " + listed.length + " lanes");
    }
  }

  /** Number of samples. */
  public int size() {
    return order.length;
  }

  /** Whether these are just the samples and labels of the range, given in ascending order. */
  public boolean areOf(long[] givenSamples, int[] givenLabels) {
    if (givenSamples.length != size()) {
      return false;
    }
    for (int position = 0; position < size(); position++) {
      if (samples[position] != givenSamples[order[position]]
          || labels[position] != givenLabels[order[position]]) {
        return false;
      }
    }
    return true;
  }

  /** The index of a position among the hard ones, negative if it is none. */
  int hardIndex(int position) {
    return Arrays.binarySearch(hard, position);
  }
}
