package encas.inference;

import encas.outputs.OutputRow;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** Rows of two sources, each ascending and no sample in both, as one ascending sequence. */
public final class MergedRows implements Iterator<OutputRow> {
  private final Iterator<OutputRow> first;
  private final Iterator<OutputRow> second;
  private OutputRow ofFirst;
  private OutputRow ofSecond;

  public MergedRows(Iterator<OutputRow> first, Iterator<OutputRow> second) {
    this.first = first;
    this.second = second;
  }

  @Override
  public boolean hasNext() {
    if (ofFirst == null && first.hasNext()) {
      ofFirst = first.next();
    }
    if (ofSecond == null && second.hasNext()) {
      ofSecond = second.next();
    }
    return ofFirst != null || ofSecond != null;
  }

  @Override
  public OutputRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    OutputRow row;
    if (ofSecond == null || (ofFirst != null && ofFirst.sample() < ofSecond.sample())) {
      row = ofFirst;
      ofFirst = null;
    } else {
      row = ofSecond;
      ofSecond = null;
    }
    return row;
  }
}
