package encas.cli;

import encas.dataset.BadImageException;
import encas.dataset.Dataset;
import encas.dataset.Sample;
import encas.dataset.image.Preprocessor;
import encas.inference.InferencePlan;
import encas.inference.ModelGroup;
import encas.storage.Store;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Measures what a picture costs before any model sees it: one core decodes, resizes and crops a few
 * of each split, for the plan's groups in turn.
 */
record DecodeProbe(InferencePlan plan, Store store) {
  private static final int TRIED = 36;

  /** Of them, at the start: they open files and warm the decoder. */
  private static final int NOT_TIMED = 12;

  /**
   * Seconds of one core for a picture, on the average over the splits, each weighed by what is to
   * be decoded of it; 0 if nothing is.
   */
  double secondsAPicture(Map<String, Dataset> splits) throws IOException {
    double seconds = 0;
    long rows = 0;
    for (Map.Entry<String, Dataset> split : splits.entrySet()) {
      List<ModelGroup> groups =
          plan.groups().stream().filter(group -> group.split().equals(split.getKey())).toList();
      long decoded = groups.stream().mapToLong(ModelGroup::toDecode).sum();
      if (decoded > 0) {
        seconds += decoded * secondsAPicture(split.getValue(), groups);
        rows += decoded;
      }
    }
    return rows == 0 ? 0 : seconds / rows;
  }

  private double secondsAPicture(Dataset split, List<ModelGroup> groups) throws IOException {
    long nanos = 0;
    int timed = 0;
    int tried = 0;
    while (tried < TRIED) { // a small split's pictures more than once
      int before = tried;
      Iterator<Sample> samples = split.samples(0, Math.min(TRIED, split.rows()), store);
      while (tried < TRIED && samples.hasNext()) {
        Preprocessor preprocessor = preprocessor(groups.get(tried % groups.size()));
        long start = System.nanoTime();
        try {
          Sample sample = samples.next();
          if (preprocessor != null) {
            preprocessor.crop(sample.image());
          }
        } catch (BadImageException | IllegalArgumentException e) {
          start = System.nanoTime(); // said elsewhere, and to be left out
        }
        if (tried++ >= NOT_TIMED) {
          nanos += System.nanoTime() - start;
          timed++;
        }
      }
      if (tried == before) {
        return 0;
      }
    }
    return nanos / 1e9 / timed;
  }

  /** Null if the models' cards do not fit together, which precompute says. */
  private static Preprocessor preprocessor(ModelGroup group) {
    try {
      return new Preprocessor(
          group.pixels().geometry(),
          group.pixels().input().channels(),
          group.pixels().input().height(),
          group.pixels().input().width());
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
