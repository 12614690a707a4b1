package encas.evaluation.tiered;

import java.util.ArrayList;
import java.util.List;

/**
 * What a compact table consists of: ranges of samples, groups of models that were added together,
 * and a file of lists a range, of tiers and of dense rows a range and group. Written last; without
 * it there is no table.
 *
 * @param version of the format, {@value #VERSION}
 * @param classes number of classes, C
 * @param ranges in ascending order of their samples
 * @param groups in the order in which they were added
 */
public record TableIndex(int version, int classes, List<Range> ranges, List<Group> groups) {
  /** The version written; another is built again. */
  public static final int VERSION = 1;

  /** The index's name in the table's folder. */
  public static final String FILE = "_index.json";

  /**
   * A range of samples.
   *
   * @param from smallest sample that may be in it
   * @param to larger than any sample in it
   * @param samples how many are
   * @param lists file of its {@link SampleLists}
   */
  public record Range(long from, long to, int samples, StoredFile lists) {}

  /**
   * Models that were added together.
   *
   * @param models ids and fingerprints of their rows
   * @param tiers for each range the file of {@link ModelTiers}
   * @param dense for each range the file of dense rows, {@code [models x hard x classes]}
   */
  public record Group(List<Model> models, List<StoredFile> tiers, List<StoredFile> dense) {}

  /**
   * A model.
   *
   * @param id in the pool
   * @param rowsSha256 of the rows that were cut; see the output table's manifest
   */
  public record Model(String id, String rowsSha256) {}

  /** Number of samples. */
  public int samples() {
    return ranges.stream().mapToInt(Range::samples).sum();
  }

  /** The table with one more group of models. */
  public TableIndex with(Group group) {
    List<Group> more = new ArrayList<>(groups);
    more.add(group);
    return new TableIndex(version, classes, ranges, more);
  }

  /** A slice of the samples: the ranges from .. to-1 of all models. */
  public TableIndex slice(int from, int to) {
    return new TableIndex(
        version,
        classes,
        ranges.subList(from, to),
        groups.stream()
            .map(
                group ->
                    new Group(
                        group.models(),
                        group.tiers().subList(from, to),
                        group.dense().subList(from, to)))
            .toList());
  }

  /** Every file that belongs to the table, but for the index. */
  public List<StoredFile> files() {
    List<StoredFile> files = new ArrayList<>();
    ranges.forEach(range -> files.add(range.lists()));
    for (Group group : groups) {
      files.addAll(group.tiers());
      files.addAll(group.dense());
    }
    return files;
  }
}
