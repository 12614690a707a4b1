package encas.dataset.image;

import static encas.dataset.image.PictureFiles.golden;
import static encas.dataset.image.PictureFiles.write;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.dataset.Image;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class ImageDecoderTest {
  private final ImageDecoder decoder = new ImageDecoder();

  /** A file of noise; deflate finds nothing in it, so every byte counts. */
  private static byte[] file(int bufferedType, String format) {
    BufferedImage image = new BufferedImage(20, 15, bufferedType);
    Random random = new Random(7);
    for (int y = 0; y < 15; y++) {
      for (int x = 0; x < 20; x++) {
        image.getRaster().setPixel(x, y, random.ints(4, 0, 256).toArray());
      }
    }
    return write(image, format);
  }

  private String refusal(byte[] file) {
    return assertThrows(UndecodableImageException.class, () -> decoder.decode(file)).getMessage();
  }

  @Test
  void a_jpeg_gives_the_pixels_that_pillow_gives() throws Exception {
    Image image = decoder.decode(PreprocessorGoldenTest.resource("photo.jpg"));
    assertEquals(45, image.height());
    assertEquals(61, image.width());
    assertArrayEquals(PreprocessorGoldenTest.resource("photo.rgb"), image.pixels());
  }

  @Test
  void grey_png_keeps_one_channel_and_its_values() throws Exception {
    BufferedImage grey = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
    grey.getRaster().setSample(0, 0, 0, 17);
    grey.getRaster().setSample(1, 0, 0, 200);
    Image image = decoder.decode(write(grey, "png"));
    assertEquals(1, image.channels());
    assertArrayEquals(new byte[] {17, (byte) 200}, image.pixels());
  }

  @Test
  void a_single_channel_of_sixteen_bits_is_cut_at_255_as_pillow_cuts_it() throws Exception {
    BufferedImage grey = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
    grey.getRaster().setSample(0, 0, 0, 0x0012);
    grey.getRaster().setSample(1, 0, 0, 0xFE01);
    assertArrayEquals(new byte[] {0x12, (byte) 0xFF}, decoder.decode(write(grey, "png")).pixels());
  }

  @Test
  void alpha_is_dropped_without_a_trace_on_the_colours() throws Exception {
    BufferedImage colours = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
    colours.setRGB(0, 0, 0x40_C8_64_0A);
    Image image = decoder.decode(write(colours, "png"));
    assertEquals(3, image.channels());
    assertArrayEquals(new byte[] {(byte) 0xC8, 0x64, 0x0A}, image.pixels());
  }

  @Test
  void palettes_become_colours_and_grey_ones_grey() throws Exception {
    byte[] red = {0, (byte) 250};
    byte[] same = {0, (byte) 250};
    byte[] blue = {9, 8};
    assertArrayEquals(
        new byte[] {(byte) 250, (byte) 250, 8, 0, 0, 9},
        decoder.decode(write(indexed(new IndexColorModel(1, 2, red, same, blue)), "png")).pixels());
    Image grey = decoder.decode(write(indexed(new IndexColorModel(1, 2, red, same, same)), "png"));
    assertEquals(1, grey.channels());
    assertArrayEquals(new byte[] {(byte) 250, 0}, grey.pixels());
  }

  private static BufferedImage indexed(IndexColorModel palette) {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY, palette);
    image.getRaster().setSample(0, 0, 0, 1);
    return image;
  }

  @Test
  void png_cut_anywhere_is_refused() {
    byte[] whole = file(BufferedImage.TYPE_3BYTE_BGR, "png");
    for (int length = 8; length < whole.length; length += 13) {
      String message = refusal(Arrays.copyOf(whole, length));
      assertTrue(message.startsWith("is a PNG that is cut off after " + length), message);
    }
  }

  @Test
  void jpeg_cut_anywhere_is_refused() {
    byte[] whole = file(BufferedImage.TYPE_3BYTE_BGR, "jpg");
    for (int length = 3; length < whole.length - 2; length += 13) {
      String message = refusal(Arrays.copyOf(whole, length));
      assertTrue(message.startsWith("is a damaged JPEG ("), message + " at " + length);
      assertEquals(1, message.lines().count(), message);
    }
  }

  @Test
  void a_flipped_bit_in_a_png_is_noticed() {
    byte[] file = file(BufferedImage.TYPE_BYTE_GRAY, "png");
    file[file.length / 2] ^= 4;
    assertTrue(refusal(file).startsWith("is a PNG with a wrong checksum at byte "));
  }

  @Test
  void noise_behind_a_signature_is_a_bad_picture_and_no_crash() {
    long seed = 42;
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      byte[] file = new byte[8 + random.nextInt(300)];
      random.nextBytes(file);
      byte[] start =
          i % 2 == 0
              ? new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF}
              : new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
      System.arraycopy(start, 0, file, 0, start.length);
      assertEquals(1, refusal(file).lines().count(), "file " + i + " of seed " + seed);
    }
  }

  @Test
  void a_decompression_bomb_is_refused_before_it_is_decoded() {
    byte[] file = file(BufferedImage.TYPE_BYTE_GRAY, "png");
    ByteBuffer.wrap(file).putInt(16, 20_000).putInt(20, 20_000);
    CRC32 crc = new CRC32();
    crc.update(file, 12, 17);
    ByteBuffer.wrap(file).putInt(29, (int) crc.getValue());
    assertTrue(refusal(file).startsWith("has 20000 x 20000 pixels, more than the 100000000"));
  }

  @Test
  void a_lossless_jpeg_is_refused_for_what_it_is() throws Exception {
    byte[] file = golden("420.jpg");
    for (int i = 2; i + 1 < file.length; i++) {
      if (file[i] == (byte) 0xFF && file[i + 1] == (byte) 0xC0) {
        file[i + 1] = (byte) 0xC3;
      }
    }
    assertEquals(
        "is a lossless or hierarchical JPEG, which is not read: save it as a baseline one",
        refusal(file));
  }

  @Test
  void other_files_are_refused() {
    assertEquals("is empty: copy it again", refusal(new byte[0]));
    assertTrue(refusal("GIF89a".getBytes(US_ASCII)).startsWith("is neither PNG nor JPEG"));
  }
}
