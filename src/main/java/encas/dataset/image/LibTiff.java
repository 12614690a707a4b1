package encas.dataset.image;

import com.sun.jna.Callback;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.leptonica.global.leptonica;

/**
 * The functions of libtiff, which leptonica's native library contains beside libjpeg-turbo, that
 * read one strip of a TIFF file in memory. Errors inside libtiff end in libtiff; they are told to
 * {@link #COMPLAINT} and never cross a Java frame.
 *
 * <p>A file's handle is the address of {@link #FILE} bytes, followed by the file. Of these the
 * first eight are the file's length, the next eight the place that is read next, and the next four
 * are not zero once there was an error or a warning.
 */
final class LibTiff {
  static final int JPEG_COLOUR_MODE = 65538;
  static final int RGB = 1;

  /** Where a file begins after its handle. */
  static final int FILE = 32;

  private static final int LENGTH = 0;
  private static final int PLACE = 8;
  private static final int COMPLAINED = 16;

  /** It says that other readers of TIFF may not know this, and decodes it. */
  private static final String HARMLESS = "progressive mode";

  interface ReadOrWrite extends Callback {
    long invoke(Pointer handle, Pointer bytes, long count);
  }

  interface Seek extends Callback {
    long invoke(Pointer handle, long offset, int whence);
  }

  interface Close extends Callback {
    int invoke(Pointer handle);
  }

  interface FileSize extends Callback {
    long invoke(Pointer handle);
  }

  interface MapFile extends Callback {
    int invoke(Pointer handle, Pointer base, Pointer size);
  }

  interface Unmap extends Callback {
    void invoke(Pointer handle, Pointer base, long size);
  }

  interface Complaint extends Callback {
    int invoke(Pointer tiff, Pointer user, Pointer module, Pointer format, Pointer arguments);
  }

  // Held for ever: native code does not keep them.
  private static final ReadOrWrite READ =
      (handle, bytes, count) -> {
        long place = handle.getLong(PLACE);
        int taken = (int) Math.min(count, handle.getLong(LENGTH) - place);
        if (taken > 0) {
          bytes.write(0, handle.getByteArray(FILE + place, taken), 0, taken);
          handle.setLong(PLACE, place + taken);
        }
        return taken;
      };
  private static final ReadOrWrite WRITE = (handle, bytes, count) -> 0;
  private static final Seek SEEK =
      (handle, offset, whence) -> {
        long from =
            switch (whence) {
              case 0 -> 0;
              case 1 -> handle.getLong(PLACE);
              default -> handle.getLong(LENGTH);
            };
        long place = Math.max(0, Math.min(handle.getLong(LENGTH), from + offset));
        handle.setLong(PLACE, place);
        return place;
      };
  private static final Close CLOSE = handle -> 0;
  private static final FileSize SIZE = handle -> handle.getLong(LENGTH);
  private static final MapFile MAP =
      (handle, base, size) -> {
        base.setPointer(0, handle.share(FILE));
        size.setLong(0, handle.getLong(LENGTH));
        return 1;
      };
  private static final Unmap UNMAP = (handle, base, size) -> {};

  /** Warnings too: to libjpeg damage is one. There is no file while none is open. */
  private static final Complaint COMPLAINT =
      (tiff, user, module, format, arguments) -> {
        if (tiff != null && !format.getString(0).contains(HARMLESS)) {
          TIFFClientdata(tiff).setInt(COMPLAINED, 1);
        }
        return 1;
      };

  /** Whether there is a library for this platform; unpacked once a machine. */
  static final boolean LOADED = load();

  private static final Pointer OPTIONS = LOADED ? options() : null;

  private LibTiff() {}

  private static boolean load() {
    try {
      Native.register(LibTiff.class, NativeLibrary.getInstance(Loader.load(leptonica.class)));
      return true;
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Error | RuntimeException e) { // JNA throws plain errors where it cannot unpack
      System.getLogger(LibTiff.class.getName())
          .log(
              System.Logger.Level.WARNING,
              "no native JPEG decoder on this platform, the JDK''s is taken: {0}",
              e.toString());
      return false;
    }
  }

  private static Pointer options() {
    Pointer options = TIFFOpenOptionsAlloc();
    TIFFOpenOptionsSetErrorHandlerExtR(options, COMPLAINT, null);
    TIFFOpenOptionsSetWarningHandlerExtR(options, COMPLAINT, null);
    return options;
  }

  /** Opens the file of a handle, whose bytes are there; null if it cannot be. */
  static Pointer open(Pointer handle, long length) {
    handle.setLong(LENGTH, length);
    handle.setLong(PLACE, 0);
    handle.setInt(COMPLAINED, 0);
    return TIFFClientOpenExt(
        "picture", "r", handle, READ, WRITE, SEEK, CLOSE, SIZE, MAP, UNMAP, OPTIONS);
  }

  /** Whether there was an error or a warning since the file was opened. */
  static boolean complained(Pointer handle) {
    return handle.getInt(COMPLAINED) != 0;
  }

  private static native Pointer TIFFOpenOptionsAlloc();

  private static native void TIFFOpenOptionsSetErrorHandlerExtR(
      Pointer options, Complaint handler, Pointer user);

  private static native void TIFFOpenOptionsSetWarningHandlerExtR(
      Pointer options, Complaint handler, Pointer user);

  private static native Pointer TIFFClientOpenExt(
      String name,
      String mode,
      Pointer handle,
      ReadOrWrite read,
      ReadOrWrite write,
      Seek seek,
      Close close,
      FileSize size,
      MapFile map,
      Unmap unmap,
      Pointer options);

  private static native Pointer TIFFClientdata(Pointer tiff);

  /** Of variable arguments in C: good for whole numbers where those go as fixed ones do. */
  static native int TIFFSetField(Pointer tiff, int tag, int value);

  static native long TIFFReadEncodedStrip(Pointer tiff, int strip, Pointer pixels, long size);

  static native void TIFFClose(Pointer tiff);
}
