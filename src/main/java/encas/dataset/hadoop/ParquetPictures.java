package encas.dataset.hadoop;

import encas.dataset.ContentDigest;
import encas.dataset.Dataset;
import encas.dataset.LabelledSplit;
import encas.dataset.Opening;
import encas.dataset.Opening.Range;
import encas.dataset.SampleIndex;
import encas.storage.Store.Entry;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.schema.MessageType;

/**
 * Opens pictures in Parquet: a file, or a folder of {@code *.parquet} files in the order of their
 * names (what starts with '.' or '_' is no part of it). A row is a picture; the order is that of
 * the rows.
 *
 * <p>Pictures, the first that is there:
 *
 * <ul>
 *   <li>{@code content binary}: an encoded PNG or JPEG, as Spark's {@code binaryFile} source has
 *       it;
 *   <li>{@code image.bytes binary} or {@code image binary}: the same;
 *   <li>{@code image struct} with height, width, nChannels and data: pixels as Spark's {@code
 *       image} source has them, blue first.
 * </ul>
 *
 * <p>Labels as {@link PictureLabels} has them.
 *
 * <p>Cost of opening: the columns with labels; and, up to 256 MiB in all, every byte, for the
 * fingerprint. Above that the fingerprint is over names, lengths of files and row groups, and
 * labels. A sample is known again by its file's part of that and its row in it: rows are best added
 * as files of their own.
 */
public final class ParquetPictures {
  private static final long WHOLLY_HASHED = 1L << 28;

  private final Opening opening;
  private final HadoopStore store;
  private final URI place;
  private final List<Entry> entries;
  private final List<ParquetSource.Part> parts = new ArrayList<>();
  private final PictureLabels labels;
  private final ContentDigest digest = new ContentDigest().add("parquet");
  private final SampleIndex.Builder index = new SampleIndex.Builder();
  private PictureColumns columns;

  private ParquetPictures(Opening opening) {
    if (!(opening.store() instanceof HadoopStore hadoop)) {
      throw new IllegalArgumentException("Parquet is read through a HadoopStore only");
    }
    this.opening = opening;
    this.store = hadoop;
    this.place = opening.spec().path();
    this.entries = entries();
    this.labels = new PictureLabels(opening);
  }

  public static Dataset open(Opening opening) {
    return new ParquetPictures(opening).read();
  }

  private Dataset read() {
    boolean wholly = entries.stream().mapToLong(Entry::length).sum() <= WHOLLY_HASHED;
    long rows = 0;
    for (Entry entry : entries) {
      try {
        digest.add(entry.name());
        // Whole content tells a file from all others; a description only beside its name.
        ContentDigest file = new ContentDigest().add(wholly ? "content" : entry.name());
        if (wholly) {
          addContent(entry.uri(), file);
        }
        rows += readPart(entry.uri(), rows, file);
      } catch (IOException e) {
        throw opening.unreadable(entry.uri(), e);
      }
    }
    Range range = opening.range(rows, place);
    int[] numbers = labels.numbers();
    digest.add(range.first());
    for (int number : numbers) {
      digest.add(number);
    }
    return new LabelledSplit(
        new ParquetSource(parts, columns, range.first()), numbers, digest.hex(), index.build());
  }

  private List<Entry> entries() {
    Entry entry = opening.find(place);
    if (!entry.directory()) {
      return List.of(entry);
    }
    try {
      List<Entry> files =
          store.list(place).stream()
              .filter(file -> !file.directory() && file.name().endsWith(".parquet"))
              .filter(file -> !file.name().startsWith(".") && !file.name().startsWith("_"))
              .toList();
      if (files.isEmpty()) {
        throw opening.wrong(
            "folder " + place + " holds no .parquet files",
            "name the folder that holds them; folders in it are not searched");
      }
      return files;
    } catch (IOException e) {
      throw opening.unreadable(place, e);
    }
  }

  private void addContent(URI file, ContentDigest own) throws IOException {
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = store.open(file)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        digest.add(buffer, 0, count);
        own.add(buffer, 0, count);
      }
    }
  }

  private long readPart(URI file, long before, ContentDigest own) throws IOException {
    try (PartFile part = new PartFile(file, store)) {
      PictureColumns found =
          PictureColumns.of(part.schema())
              .orElseThrow(
                  () ->
                      opening.wrong(
                          file + " has no columns of pictures and labels",
                          "write content (binary: PNG or JPEG) and label (int)"));
      if (columns != null && !columns.equals(found)) {
        throw opening.wrong(
            file + " has other columns than " + parts.get(0).uri(), "keep one kind in a folder");
      }
      columns = found;
      part.describe(digest);
      part.describe(own);
      String content = own.hex();
      MessageType schema = columns.labelSchema(part.schema());
      part.seek(0, schema);
      for (long row = 0; row < part.records(); row++) {
        boolean wanted = opening.isWanted(before + row);
        labels.add(part.next(), columns, wanted, file, row);
        if (wanted) {
          index.add(new ContentDigest().add("parquet").add(content).add(row));
        }
      }
      parts.add(new ParquetSource.Part(file, part.records()));
      return part.records();
    }
  }
}
