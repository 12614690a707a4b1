package encas.dataset.image;

import static encas.dataset.image.PictureFiles.golden;
import static encas.dataset.image.PictureFiles.write;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import encas.dataset.Image;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What one picture leaves behind for the next, and one thread for another: nothing. */
class DecoderReuseTest {
  private final ImageDecoder decoder = new ImageDecoder();

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
}
