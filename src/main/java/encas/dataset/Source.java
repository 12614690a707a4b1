package encas.dataset;

import encas.dataset.image.UndecodableImageException;
import encas.storage.Store;
import java.io.IOException;
import java.io.Serializable;

/** The pictures of a split in one stored format. */
public interface Source extends Serializable {

  /** Starts at the split's row {@code from}; {@code next()} is called {@code to - from} times. */
  Cursor open(long from, long to, Store store) throws IOException;

  /** Reads pictures one after the other. */
  interface Cursor {
    /**
     * The next picture, whose pixels are good until the one after it is asked for; the cursor has
     * moved on even if it throws {@code UndecodableImageException}.
     */
    Image next() throws IOException, UndecodableImageException;

    /** Leaves out so many pictures without decoding them. */
    void skip(long pictures) throws IOException;

    /** Where the picture is that {@code next()} gave or refused. */
    String place();
  }
}
