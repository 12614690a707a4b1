package encas.dataset;

import encas.dataset.image.ImageDecoder;
import encas.dataset.image.UndecodableImageException;
import encas.storage.Locations;
import encas.storage.Store;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Picture files in one folder a class. */
final class FolderSource implements Source {
  private static final long serialVersionUID = 1L;

  private final URI root;
  private final ArrayList<String> classes;
  private final int[] labels;
  private final String[] names;

  FolderSource(URI root, List<String> classes, int[] labels, String[] names) {
    this.root = root;
    this.classes = new ArrayList<>(classes);
    this.labels = labels;
    this.names = names;
  }

  @Override
  public Cursor open(long from, long to, Store store) {
    return new FolderCursor((int) from, store);
  }

  private final class FolderCursor implements Cursor {
    private final Store store;
    private final ImageDecoder decoder = new ImageDecoder();
    private int next;
    private URI picture = root;
    private Image last;

    FolderCursor(int next, Store store) {
      this.next = next;
      this.store = store;
    }

    @Override
    public Image next() throws IOException, UndecodableImageException {
      int row = next++;
      picture = Locations.child(Locations.child(root, classes.get(labels[row])), names[row]);
      try (InputStream in = store.open(picture)) {
        last = decoder.decode(in.readNBytes(ImageDecoder.MAX_FILE_LENGTH + 1), last);
        return last;
      }
    }

    @Override
    public void skip(long pictures) {
      next += (int) pictures;
    }

    @Override
    public String place() {
      return picture.toString();
    }
  }
}
