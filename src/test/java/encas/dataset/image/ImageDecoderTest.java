package encas.dataset.image;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import encas.dataset.Image;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

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

  private static byte[] write(BufferedImage image, String format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      assertTrue(ImageIO.write(image, format, out), "the JDK writes " + format);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
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
  void plain_jpegs_need_no_other_reader_than_the_native_one() throws Exception {
    assertTrue(TurboJpeg.isLoaded(), "JPEGs go through libjpeg-turbo");
    ImageDecoder jdk = new ImageDecoder(false);
    for (String name :
        List.of(
            "420.jpg",
            "422.jpg",
            "444.jpg",
            "grey.jpg",
            "progressive.jpg",
            "progressive-grey.jpg",
            "restarts.jpg",
            "exif-turned.jpg",
            "colour-profile.jpg")) {
      byte[] file = golden(name);
      JpegHeader header = JpegHeader.of(file);
      assertTrue(TurboJpeg.reads(header), name);
      Image image = TurboJpeg.decode(file, header, null);
      assertNotNull(image, name);
      assertArrayEquals(jdk.decode(file).pixels(), image.pixels(), name);
    }
  }

  @Test
  void inks_and_stored_rgb_are_left_to_the_jdks_reader() throws Exception {
    for (String name : List.of("cmyk.jpg", "ycck.jpg", "stored-as-rgb.jpg")) {
      assertFalse(TurboJpeg.reads(JpegHeader.of(golden(name))), name);
    }
  }

  /** A colour JPEG whose three components have all this sampling factor across. */
  private static byte[] sampled(int factor) throws IOException {
    BufferedImage image = new BufferedImage(48, 32, BufferedImage.TYPE_3BYTE_BGR);
    Random random = new Random(11);
    for (int y = 0; y < 32; y++) {
      for (int x = 0; x < 48; x++) {
        image.setRGB(x, y, x / 8 * 0x280000 + y * 0x600 + 0xC0 + random.nextInt(64));
      }
    }
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    IIOMetadata metadata =
        writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(image), null);
    String format = metadata.getNativeMetadataFormatName();
    IIOMetadataNode tree = (IIOMetadataNode) metadata.getAsTree(format);
    NodeList components = tree.getElementsByTagName("componentSpec");
    for (int c = 0; c < 3; c++) {
      Element component = (Element) components.item(c);
      component.setAttribute("HsamplingFactor", String.valueOf(factor));
      component.setAttribute("VsamplingFactor", "1");
    }
    metadata.setFromTree(format, tree);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ImageOutputStream to = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(to);
      writer.write(null, new IIOImage(image, null, metadata), null);
    }
    writer.dispose();
    return out.toByteArray();
  }

  /** Without JFIF's marker, components counted from 0. */
  private static byte[] unmarked(byte[] jpeg) {
    byte[] file = jpeg.clone();
    for (int at = 2; (file[at + 1] & 255) != 0xDA; ) {
      int length = (file[at + 2] & 255) << 8 | file[at + 3] & 255;
      int components = (file[at + 1] & 255) == 0xC0 ? at + 10 : 0;
      for (int c = 0; components > 0 && c < 3; c++) {
        file[components + 3 * c]--;
      }
      if ((file[at + 1] & 255) == 0xE0) {
        file[at + 1] = (byte) 0xEF;
      }
      at += 2 + length;
      for (int c = 0; (file[at + 1] & 255) == 0xDA && c < 3; c++) {
        file[at + 5 + 2 * c]--;
      }
    }
    return file;
  }

  @Test
  void unmarked_colours_are_luma_and_chroma_whatever_their_equal_sampling() throws Exception {
    byte[] expected = decoder.decode(sampled(1)).pixels();
    for (int factor : new int[] {1, 2}) {
      byte[] marked = sampled(factor);
      byte[] unmarked = unmarked(marked);
      assertEquals(factor, JpegHeader.of(unmarked).across());
      assertEquals(factor == 1, JpegHeader.of(unmarked).othersWhole());
      for (ImageDecoder each : List.of(decoder, new ImageDecoder(false))) {
        assertArrayEquals(expected, each.decode(marked).pixels(), "marked, " + factor);
        assertArrayEquals(expected, each.decode(unmarked).pixels(), "unmarked, " + factor);
      }
    }
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

  /** libjpeg keeps tables from one picture to the next. */
  @Test
  void a_jpeg_without_tables_does_not_get_those_of_the_one_before() throws Exception {
    byte[] whole = golden("420.jpg");
    byte[] without = whole.clone();
    for (int i = 2; i + 1 < without.length; i++) {
      if (without[i] == (byte) 0xFF && without[i + 1] == (byte) 0xDB) {
        without[i + 1] = (byte) 0xFE; // the tables become a comment
      }
    }
    for (boolean nativeJpeg : new boolean[] {true, false}) {
      ImageDecoder reused = new ImageDecoder(nativeJpeg);
      reused.decode(whole);
      assertEquals(
          "is a damaged JPEG (Quantization table 0x00 was not defined): copy it again",
          assertThrows(UndecodableImageException.class, () -> reused.decode(without)).getMessage());
    }
  }

  @Test
  void a_spent_picture_of_the_same_size_is_written_over_and_no_other() throws Exception {
    Image colour = decoder.decode(golden("420.jpg"));
    byte[] first = colour.pixels().clone();
    Image other = decoder.decode(golden("422.jpg"), colour);
    assertSame(colour.pixels(), other.pixels());
    assertArrayEquals(decoder.decode(golden("422.jpg")).pixels(), other.pixels());
    Image grey = decoder.decode(golden("grey.jpg"), other);
    assertArrayEquals(decoder.decode(golden("grey.jpg")).pixels(), grey.pixels());
    assertArrayEquals(first, decoder.decode(golden("420.jpg"), grey).pixels());
    assertArrayEquals(
        decoder.decode(golden("422.jpg")).pixels(), other.pixels(), "of another size, untouched");
  }

  @Test
  void room_for_a_large_picture_does_not_show_in_the_next() throws Exception {
    BufferedImage large = new BufferedImage(4_200, 4_100, BufferedImage.TYPE_BYTE_GRAY);
    Arrays.fill(((DataBufferByte) large.getRaster().getDataBuffer()).getData(), (byte) 77);
    byte[] expected = decoder.decode(golden("420.jpg")).pixels();
    Image image = decoder.decode(write(large, "jpg"));
    assertEquals(4_100, image.height());
    for (byte pixel : image.pixels()) {
      if (pixel != 77) {
        fail("a grey of 77 became " + pixel);
      }
    }
    assertArrayEquals(expected, decoder.decode(golden("420.jpg")).pixels());
  }

  @Test
  void threads_do_not_disturb_one_another() throws Exception {
    List<String> names = List.of("420.jpg", "grey.jpg", "progressive.jpg", "tall.jpg");
    List<byte[]> expected = new ArrayList<>();
    for (String name : names) {
      expected.add(decoder.decode(golden(name)).pixels());
    }
    ExecutorService threads = Executors.newFixedThreadPool(names.size());
    try {
      List<Future<Void>> results = new ArrayList<>();
      for (int i = 0; i < names.size(); i++) {
        byte[] file = golden(names.get(i));
        byte[] pixels = expected.get(i);
        results.add(
            threads.submit(
                () -> {
                  ImageDecoder own = new ImageDecoder();
                  for (int n = 0; n < 200; n++) {
                    assertArrayEquals(pixels, own.decode(file).pixels());
                  }
                  return null;
                }));
      }
      for (Future<Void> result : results) {
        result.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void threads_that_come_and_go_leave_no_decoders_behind() throws Exception {
    byte[] file = golden("420.jpg");
    decoder.decode(file);
    int before = TurboJpeg.idle();
    for (int i = 0; i < 20; i++) {
      ExecutorService shard = Executors.newFixedThreadPool(2);
      try {
        shard.invokeAll(List.of(() -> decoder.decode(file), () -> new ImageDecoder().decode(file)));
      } finally {
        shard.shutdown();
      }
    }
    assertTrue(TurboJpeg.idle() <= Math.max(before, 2), TurboJpeg.idle() + " after " + before);
  }

  private static byte[] golden(String name) throws IOException {
    return Files.readAllBytes(Path.of("src/test/resources/golden/timm", name));
  }

  @Test
  void native_and_jdk_readers_agree_also_on_damaged_files() throws Exception {
    assertAgree(60);
  }

  @Test
  @Tag("scale")
  void native_and_jdk_readers_agree_on_forty_thousand_damaged_files() throws Exception {
    assertAgree(8_000);
  }

  private void assertAgree(int filesEach) throws IOException {
    long seed = 20261125;
    Random random = new Random(seed);
    ImageDecoder jdk = new ImageDecoder(false);
    List<String> others = new ArrayList<>();
    int pictures = 0;
    for (String name :
        List.of("420.jpg", "progressive.jpg", "grey.jpg", "restarts.jpg", "cmyk.jpg")) {
      byte[] whole = golden(name);
      for (int i = 0; i < filesEach; i++) {
        byte[] file = i == 0 ? whole : damaged(whole, random);
        Object expected = outcome(jdk, file);
        Object actual = outcome(decoder, file);
        String which = name + " " + i + " of seed " + seed;
        if (expected instanceof byte[] pixels && actual instanceof byte[] found) {
          pictures++;
          if (!Arrays.equals(pixels, found)) {
            others.add(which);
          }
        } else if (actual instanceof String) {
          assertEquals(expected, actual, which);
        }
      }
    }
    assertTrue(pictures > filesEach, pictures + " were pictures to both");
    // Versions of libjpeg-turbo differ by 1 in a damaged progressive picture here and there.
    assertTrue(others.size() <= filesEach / 1_000, others::toString);
    assertTrue(
        others.stream().allMatch(which -> which.startsWith("progressive")), others::toString);
  }

  /** A flipped bit, or some other bytes, or an end cut off. */
  private static byte[] damaged(byte[] whole, Random random) {
    byte[] file = whole.clone();
    int kind = random.nextInt(4);
    if (kind == 0) {
      return Arrays.copyOf(whole, 3 + random.nextInt(whole.length - 3));
    }
    for (int n = kind == 1 ? 1 + random.nextInt(4) : 0; n > 0; n--) {
      file[2 + random.nextInt(file.length - 2)] = (byte) random.nextInt();
    }
    if (kind > 1) {
      file[2 + random.nextInt(file.length - 2)] ^= (byte) (1 << random.nextInt(8));
    }
    return file;
  }

  /** Pixels or the refusal. */
  private static Object outcome(ImageDecoder decoder, byte[] file) {
    try {
      return decoder.decode(file).pixels();
    } catch (UndecodableImageException e) {
      return e.getMessage();
    }
  }

  @Test
  void other_files_are_refused() {
    assertEquals("is empty: copy it again", refusal(new byte[0]));
    assertTrue(refusal("GIF89a".getBytes(US_ASCII)).startsWith("is neither PNG nor JPEG"));
  }
}
