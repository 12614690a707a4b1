package encas.dataset.hadoop;

import encas.dataset.Image;
import encas.dataset.Source;
import encas.dataset.hadoop.PictureColumns.Field;
import encas.dataset.image.ImageDecoder;
import encas.dataset.image.UndecodableImageException;
import encas.storage.Store;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.example.data.Group;

/** Pictures in the rows of Parquet files; a file stays open until its last row that is wanted. */
final class ParquetSource implements Source {
  private static final long serialVersionUID = 1L;

  private final ArrayList<Part> parts;
  private final PictureColumns columns;
  private final long first;

  /** A file and its number of rows. */
  record Part(URI uri, long rows) implements Serializable {}

  /**
   * Pictures of some files.
   *
   * @param first row that is the split's row 0, counted over all files
   */
  ParquetSource(List<Part> parts, PictureColumns columns, long first) {
    this.parts = new ArrayList<>(parts);
    this.columns = columns;
    this.first = first;
  }

  @Override
  public Cursor open(long from, long to, Store store) {
    return new RowCursor(first + from, first + to, (HadoopStore) store);
  }

  private final class RowCursor implements Cursor {
    private final HadoopStore store;
    private final ImageDecoder decoder = new ImageDecoder();
    private final long end;
    private long next;
    private int part = -1;
    private long begin;
    private PartFile file;
    private Image last;

    RowCursor(long next, long end, HadoopStore store) {
      this.next = next;
      this.end = end;
      this.store = store;
    }

    @Override
    public Image next() throws IOException, UndecodableImageException {
      while (part < 0 || next - begin >= parts.get(part).rows()) {
        begin += part < 0 ? 0 : parts.get(part).rows();
        part++;
        close();
      }
      if (file == null) {
        file = new PartFile(parts.get(part).uri(), store);
        file.seek(next - begin, columns.pictureSchema(file.schema()));
      }
      Group row = file.next();
      next++;
      if (next == end) {
        close();
      }
      return columns.content() == null ? pixels(row) : encoded(row);
    }

    @Override
    public void skip(long pictures) throws IOException {
      next += pictures;
      if (file != null && next - begin < parts.get(part).rows()) {
        file.skip(pictures);
      } else {
        close();
      }
    }

    private Image encoded(Group row) throws UndecodableImageException {
      Field content = PictureColumns.field(row, columns.content());
      if (content == null) {
        throw new UndecodableImageException("is null: write it, or take the row out");
      }
      last = decoder.decode(content.bytes(), last);
      return last;
    }

    private Image pixels(Group row) throws UndecodableImageException {
      int[] shape = new int[3];
      for (int i = 0; i < 3; i++) {
        Field field = PictureColumns.field(row, List.of("image", PictureColumns.PIXELS.get(i)));
        shape[i] = field == null ? 0 : (int) Math.min(field.integer(), Integer.MAX_VALUE);
      }
      Field data = PictureColumns.field(row, List.of("image", "data"));
      if (data == null) {
        throw new UndecodableImageException("is null: write it, or take the row out");
      }
      return SparkImage.of(shape[0], shape[1], shape[2], data.bytes());
    }

    private void close() throws IOException {
      if (file != null) {
        file.close();
        file = null;
      }
    }

    @Override
    public String place() {
      return part < 0 ? parts.get(0).uri().toString() : placeOf(next - 1 - begin);
    }

    private String placeOf(long row) {
      return "in row " + row + " of " + parts.get(part).uri();
    }
  }
}
