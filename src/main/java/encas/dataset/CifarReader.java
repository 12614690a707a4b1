package encas.dataset;

import encas.config.DataSpec.Format;
import encas.dataset.Opening.Range;
import encas.storage.Store.Entry;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Opens the binary version of CIFAR-10 and CIFAR-100: records of one label (CIFAR-100: a coarse
 * one, then the fine one, which is taken) and 3 x 32 x 32 bytes.
 *
 * <p>A path is a file, or the folder of the files, of which the split named {@code test} takes
 * {@code test_batch.bin} (CIFAR-100: {@code test.bin}), any other {@code data_batch_1.bin}, {@code
 * data_batch_2.bin} … ({@code train.bin}).
 */
final class CifarReader {
  private static final int SIDE = 32;

  private final Opening opening;
  private final boolean fine;
  private final int recordLength;
  private final PixelLayout layout;
  private final List<Integer> labels = new ArrayList<>();
  private final ContentDigest digest = new ContentDigest().add("cifar");
  private final SampleIndex.Builder index = new SampleIndex.Builder();

  private CifarReader(Opening opening) {
    this.opening = opening;
    this.fine = opening.spec().format() == Format.CIFAR100;
    int labelBytes = fine ? 2 : 1;
    this.layout = new PixelLayout(labelBytes, 3, SIDE, SIDE, true);
    this.recordLength = labelBytes + layout.size();
  }

  static Dataset open(Opening opening) {
    return new CifarReader(opening).read();
  }

  private Dataset read() {
    opening.checkClasses(fine ? 100 : 10, fine ? "cifar100" : "cifar10");
    List<URI> uris = files();
    List<RecordFile> files = new ArrayList<>();
    long rows = 0;
    for (URI uri : uris) {
      files.add(scan(uri, rows));
      rows += files.get(files.size() - 1).records();
    }
    Range range = opening.range(rows, opening.spec().path());
    int[] kept = labels.stream().mapToInt(Integer::intValue).toArray();
    return new LabelledSplit(
        new RecordSource(files, layout, range.first()), kept, digest.hex(), index.build());
  }

  private RecordFile scan(URI uri, long before) {
    try (ScannedFile file = new ScannedFile(opening, "path", uri)) {
      byte[] record = new byte[recordLength];
      long rows = 0;
      for (int count = file.read(record); count > 0; count = file.read(record), rows++) {
        if (count < recordLength) {
          throw file.wrong(
              "is cut off, or no binary version of CIFAR: it ends in row "
                  + rows
                  + " (of "
                  + recordLength
                  + " bytes each)",
              "copy it again, unpacked, and check the format");
        }
        if (opening.isWanted(before + rows)) {
          int label = opening.label(record[layout.offset() - 1] & 255, rows, uri);
          labels.add(label);
          digest.add(label).add(record, layout.offset(), layout.size());
          index.add(new ContentDigest().add("cifar").add(record, layout.offset(), layout.size()));
        }
      }
      return new RecordFile(uri, 0, recordLength, rows, file.sha256());
    }
  }

  private List<URI> files() {
    URI path = opening.spec().path();
    if (!opening.find(path).directory()) {
      return List.of(path);
    }
    boolean test = opening.split().equals("test");
    String name =
        fine ? (test ? "test" : "train") : (test ? "test_batch" : "data_batch_(\\d{1,4})");
    Pattern pattern = Pattern.compile(name + "\\.bin");
    List<Entry> found =
        entries(path).stream()
            .filter(entry -> pattern.matcher(entry.name()).matches())
            .sorted(Comparator.comparingInt(entry -> number(pattern, entry.name())))
            .toList();
    if (found.isEmpty()) {
      throw opening.wrong(
          "folder " + path + " holds no " + name.replace("(\\d{1,4})", "*") + ".bin",
          "name the folder of CIFAR's binary version, or one file of it");
    }
    return found.stream().map(Entry::uri).toList();
  }

  private List<Entry> entries(URI path) {
    try {
      return opening.store().list(path);
    } catch (IOException e) {
      throw opening.unreadable(path, e);
    }
  }

  private static int number(Pattern pattern, String name) {
    Matcher matcher = pattern.matcher(name);
    return matcher.matches() && matcher.groupCount() > 0 ? Integer.parseInt(matcher.group(1)) : 0;
  }
}
