package encas.dataset.image;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import encas.dataset.Image;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Grey and colour JPEGs by libjpeg-turbo: the decoder that Pillow has, with the same defaults,
 * hence its pixels to the last bit.
 *
 * <p>Between it and this stands libtiff, for two reasons: it catches libjpeg's errors, which leave
 * by longjmp, before they meet a Java frame; and it gives pixels as bytes. A TIFF file may hold a
 * JPEG file as its one strip (TIFF Technical Note 2), so a JPEG here gets 12 tags in front.
 *
 * <p>What is damaged, CMYK, stored as RGB or otherwise not plain is left to the JDK's reader, which
 * says why. Buffers outside the heap are kept from picture to picture, as many as were ever filled
 * at once: threads come and go with shards.
 */
final class TurboJpeg {
  private static final int SHORT = 3;
  private static final int LONG = 4;

  /** Where the JPEG begins in its TIFF file. */
  private static final int STRIP = 192;

  /** Above the tags. */
  private static final int BITS = 160;

  /** What a buffer has room for at first, and at most between pictures. */
  private static final int ROOM = 1 << 20;

  private static final int MOST_ROOM = 1 << 24;

  private static final Queue<TurboJpeg> IDLE = new ConcurrentLinkedQueue<>();

  private final byte[] tags = new byte[STRIP];
  private Memory file = new Memory(ROOM);
  private Memory pixels = new Memory(ROOM);

  private TurboJpeg() {}

  static boolean isLoaded() {
    return LibTiff.LOADED;
  }

  /** How many wait for a picture. */
  static int idle() {
    return IDLE.size();
  }

  /** Whether {@link #decode} can be tried. */
  static boolean reads(JpegHeader header) {
    return header.precision() == 8
        && header.height() > 0
        && header.width() > 0
        && header.othersWhole()
        && (header.isLumaAndChroma()
            || header.channels() == 1 && header.across() == 1 && header.down() == 1);
  }

  /**
   * The picture; null if anything about it is not as it should be.
   *
   * @param spent see {@link ImageDecoder#decode(byte[], Image)}
   */
  static Image decode(byte[] jpeg, JpegHeader header, Image spent) {
    TurboJpeg idle = IDLE.poll();
    TurboJpeg decoder = idle == null ? new TurboJpeg() : idle;
    try {
      return decoder.picture(jpeg, header, spent);
    } finally {
      IDLE.add(decoder);
    }
  }

  private Image picture(byte[] jpeg, JpegHeader header, Image spent) {
    int length = STRIP + jpeg.length;
    int size = header.channels() * header.height() * header.width();
    file = roomy(file, LibTiff.FILE + length);
    pixels = roomy(pixels, size);
    try {
      file.write(LibTiff.FILE, tags(header, jpeg.length), 0, STRIP);
      file.write(LibTiff.FILE + STRIP, jpeg, 0, jpeg.length);
      return read(length, size) ? image(header, size, spent) : null;
    } finally {
      file = kept(file);
      pixels = kept(pixels);
    }
  }

  private boolean read(int length, int size) {
    Pointer tiff = LibTiff.open(file, length);
    if (tiff == null) {
      return false;
    }
    try {
      LibTiff.TIFFSetField(tiff, LibTiff.JPEG_COLOUR_MODE, LibTiff.RGB);
      return LibTiff.TIFFReadEncodedStrip(tiff, 0, pixels, size) == size
          && !LibTiff.complained(file);
    } finally {
      LibTiff.TIFFClose(tiff);
    }
  }

  private Image image(JpegHeader header, int size, Image spent) {
    // A new array is cleared first, and half a region of G1's or more, for pictures of this size.
    byte[] into = spent != null && spent.pixels().length == size ? spent.pixels() : new byte[size];
    pixels.read(0, into, 0, size);
    return new Image(header.channels(), header.height(), header.width(), into);
  }

  private byte[] tags(JpegHeader header, int length) {
    boolean grey = header.channels() == 1;
    ByteBuffer to = ByteBuffer.wrap(tags).order(ByteOrder.LITTLE_ENDIAN);
    to.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(8).putShort((short) 12);
    tag(to, 256, LONG, 1, header.width());
    tag(to, 257, LONG, 1, header.height());
    tag(to, 258, SHORT, header.channels(), grey ? 8 : BITS);
    tag(to, 259, SHORT, 1, 7); // compressed as JPEG
    tag(to, 262, SHORT, 1, grey ? 1 : 6); // black is 0, or luma and chroma
    tag(to, 273, LONG, 1, STRIP);
    tag(to, 277, SHORT, 1, header.channels());
    tag(to, 278, LONG, 1, header.height()); // rows of a strip
    tag(to, 279, LONG, 1, length);
    tag(to, 284, SHORT, 1, 1); // channels last
    tag(to, 530, SHORT, 2, header.across() | header.down() << 16);
    tag(to, 531, SHORT, 1, 1); // chroma in the middle
    to.putInt(0).position(BITS).putShort((short) 8).putShort((short) 8).putShort((short) 8);
    return tags;
  }

  private static void tag(ByteBuffer to, int tag, int type, int count, int value) {
    to.putShort((short) tag).putShort((short) type).putInt(count).putInt(value);
  }

  private static Memory roomy(Memory memory, long size) {
    return memory.size() >= size ? memory : instead(memory, size);
  }

  private static Memory kept(Memory memory) {
    return memory.size() <= MOST_ROOM ? memory : instead(memory, ROOM);
  }

  private static Memory instead(Memory memory, long size) {
    Memory other = new Memory(size);
    memory.close();
    return other;
  }
}
