package encas.dataset;

import encas.dataset.image.UndecodableImageException;
import encas.failure.InvalidInputException;
import encas.storage.Store;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.BitSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;

/** The {@link Dataset} over any {@link Source}. */
public final class LabelledSplit implements Dataset {
  private static final long serialVersionUID = 1L;

  private final Source source;
  private final int[] labels;
  private final String sha256;
  private final transient SampleIndex contents;
  private final transient FileNotes notes;

  /**
   * Keeps the arrays it is given.
   *
   * @param labels of every row of the split
   */
  public LabelledSplit(Source source, int[] labels, String sha256, SampleIndex contents) {
    this(source, labels, sha256, contents, null);
  }

  LabelledSplit(Source source, int[] labels, String sha256, SampleIndex contents, FileNotes notes) {
    this.source = source;
    this.labels = labels;
    this.sha256 = sha256;
    this.contents = contents;
    this.notes = notes;
  }

  @Override
  public long rows() {
    return labels.length;
  }

  @Override
  public int label(long row) {
    return labels[(int) Objects.checkIndex(row, rows())];
  }

  @Override
  public String sha256() {
    return sha256;
  }

  @Override
  public Optional<SampleIndex> contents() {
    return Optional.ofNullable(contents);
  }

  @Override
  public Optional<FileNotes> notes() {
    return Optional.ofNullable(notes);
  }

  @Override
  public Iterator<Sample> samples(long from, long to, Store store) throws IOException {
    Objects.checkFromToIndex(from, to, rows());
    return new Samples(source.open(from, to, store), from, to, null);
  }

  @Override
  public Iterator<Sample> samples(long from, long to, BitSet wanted, Store store)
      throws IOException {
    Objects.checkFromToIndex(from, to, rows());
    int end = 1 + wanted.previousSetBit((int) to - 1);
    return new Samples(source.open(from, Math.max(from, end), store), from, end, wanted);
  }

  private final class Samples implements Iterator<Sample> {
    private final Source.Cursor cursor;
    private final long to;
    private final BitSet wanted;
    private long next;

    Samples(Source.Cursor cursor, long from, long to, BitSet wanted) {
      this.cursor = cursor;
      this.next = from;
      this.to = to;
      this.wanted = wanted;
    }

    @Override
    public boolean hasNext() {
      return next < to;
    }

    @Override
    public Sample next() {
      if (!hasNext()) {
        throw new NoSuchElementException("sample " + next + " is past the end of the range");
      }
      long index = wanted == null ? next : wanted.nextSetBit((int) next);
      try {
        if (index > next) {
          cursor.skip(index - next);
        }
        next = index + 1;
        return new Sample(index, label(index), cursor.next());
      } catch (UndecodableImageException e) {
        throw new BadImageException(
            index, "picture " + cursor.place() + " (sample " + index + ") " + e.getMessage(), e);
      } catch (FileNotFoundException e) {
        throw new InvalidInputException(
            "picture " + cursor.place() + " is gone since the run began; restore it, run again", e);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
