package encas.dataset.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import encas.dataset.Image;
import encas.dataset.image.Preprocessing.CropMode;
import encas.dataset.image.Preprocessing.Interpolation;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PreprocessorTest {
  private static Preprocessing sizes(List<Integer> resize, List<Integer> crop) {
    return new Preprocessing(resize, crop, null, null, null, null);
  }

  private static String refusal(Runnable action) {
    return assertThrows(IllegalArgumentException.class, action::run).getMessage();
  }

  @Test
  void normalises_in_single_precision_a_channel_at_a_time() {
    Preprocessing wanted =
        new Preprocessing(
            null, null, null, null, List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225));
    float[] batch = new float[6];
    Image image = new Image(3, 1, 2, new byte[] {0, 1, (byte) 200, (byte) 255, 7, (byte) 128});
    new Preprocessor(wanted, 3, 1, 2).apply(image, batch, 0);
    assertArrayEquals(
        new float[] {
          (0 / 255f - 0.485f) / 0.229f,
          (255 / 255f - 0.485f) / 0.229f,
          (1 / 255f - 0.456f) / 0.224f,
          (7 / 255f - 0.456f) / 0.224f,
          (200 / 255f - 0.406f) / 0.225f,
          (128 / 255f - 0.406f) / 0.225f
        },
        batch);
  }

  @Test
  void one_mean_serves_all_channels_of_a_grey_picture_that_is_repeated() {
    Preprocessing wanted =
        new Preprocessing(null, null, null, null, List.of(0.5), List.of(0.25, 0.5, 1.0));
    float[] batch = new float[3];
    new Preprocessor(wanted, 3, 1, 1).apply(new Image(1, 1, 1, new byte[] {(byte) 255}), batch, 0);
    assertArrayEquals(new float[] {2, 1, 0.5f}, batch);
  }

  @Test
  void what_is_kept_between_pictures_of_many_sizes_does_not_show() {
    long seed = 20260101;
    Random random = new Random(seed);
    Preprocessing wanted = sizes(List.of(9), List.of(8));
    Preprocessor kept = new Preprocessor(wanted, 1, 8, 8);
    for (int i = 0; i < 200; i++) {
      Image image =
          PreprocessorGoldenTest.noise(
              random.nextBoolean() ? 1 : 3, 8 + random.nextInt(6), 8 + random.nextInt(6));
      float[] expected = new float[64];
      float[] actual = new float[64];
      new Preprocessor(wanted, 1, 8, 8).apply(image, expected, 0);
      kept.apply(image, actual, 0);
      assertArrayEquals(expected, actual, "picture " + i + " of seed " + seed);
    }
  }

  @Test
  void sizes_that_can_never_fit_are_refused_before_the_first_picture() {
    assertEquals(
        "preprocess gives 20 x 20 for any picture, but the model's input is 28 x 28: set crop: [28,"
            + " 28]",
        refusal(() -> new Preprocessor(sizes(List.of(32), List.of(20)), 1, 28, 28)));
    assertEquals(
        "preprocess gives 14 x 28 for any picture, but the model's input is 28 x 28: set crop: [28,"
            + " 28]",
        refusal(() -> new Preprocessor(sizes(List.of(14, 28), null), 1, 28, 28)));
  }

  @Test
  void a_picture_that_does_not_come_out_in_the_input_size_is_refused_with_both_sizes() {
    Preprocessor preprocessor = new Preprocessor(sizes(List.of(28), null), 1, 28, 28);
    assertEquals(
        "preprocess gives 28 x 42 for a picture of 30 x 45, but the model's input is 28 x 28: set"
            + " crop: [28, 28]",
        refusal(() -> preprocessor.apply(noisy(30, 45), new float[784], 0)));
  }

  private static Image noisy(int height, int width) {
    return PreprocessorGoldenTest.noise(1, height, width);
  }

  @Test
  void numbers_outside_their_range_are_refused_with_name_value_and_remedy() {
    assertEquals(
        "resize 0 is outside [1, 16384]: write a side in pixels",
        refusal(() -> sizes(List.of(0), null)));
    assertEquals(
        "crop 16385 is outside [1, 16384]: write a side in pixels",
        refusal(() -> sizes(null, List.of(16385))));
    assertEquals(
        "crop has 3 numbers: write one side, or [height, width]",
        refusal(() -> sizes(null, List.of(1, 2, 3))));
    assertEquals(
        "std 0.0 is not above 0: write the standard deviation of the pixels",
        refusal(() -> new Preprocessing(null, null, null, null, null, List.of(0.0))));
    assertEquals(
        "mean has 2 numbers: write one, or one a channel",
        refusal(() -> new Preprocessing(null, null, null, null, List.of(0.1, 0.2), null)));
    assertEquals(
        "mean has 3 numbers for 1 channels: write one, or one a channel",
        refusal(
            () ->
                new Preprocessor(
                    new Preprocessing(null, null, null, null, List.of(0.1, 0.2, 0.3), null),
                    1,
                    28,
                    28)));
  }

  @Test
  void what_is_absent_gets_its_default() {
    assertEquals(
        new Preprocessing(
            null, null, CropMode.CENTER, Interpolation.BILINEAR, List.of(0.0), List.of(1.0)),
        sizes(null, null));
  }

  @Test
  void cropping_first_and_normalising_later_gives_the_same_bits() {
    long seed = 20260102;
    Random random = new Random(seed);
    for (int i = 0; i < 600; i++) {
      int channels = random.nextBoolean() ? 1 : 3;
      List<Double> numbers =
          channels == 1 || random.nextBoolean() ? List.of(0.45) : List.of(0.485, 0.456, 0.406);
      int side = 3 + random.nextInt(6);
      Preprocessing wanted =
          new Preprocessing(
              random.nextInt(4) == 0 ? null : List.of(2 + random.nextInt(12)),
              List.of(side),
              CropMode.values()[random.nextInt(3)],
              Interpolation.values()[random.nextInt(3)],
              numbers,
              numbers);
      Image image =
          PreprocessorGoldenTest.noise(
              random.nextBoolean() ? 1 : 3, 1 + random.nextInt(20), 1 + random.nextInt(20));
      float[] expected = new float[channels * side * side];
      new Preprocessor(wanted, channels, side, side).apply(image, expected, 0);
      Image crop = new Preprocessor(wanted.geometry(), channels, side, side).crop(image);
      float[] actual = new float[expected.length];
      new Preprocessor(wanted.ofCrops(), channels, side, side).apply(crop, actual, 0);
      assertArrayEquals(expected, actual, "seed " + seed + ", picture " + i + ": " + wanted);
      assertArrayEquals(
          expected,
          outsideTheHeap(new Preprocessor(wanted, channels, side, side), image, expected.length),
          "seed " + seed + ", picture " + i + " outside the heap: " + wanted);
    }
  }

  /** The second sample of a batch that lies where an engine would read it. */
  private static float[] outsideTheHeap(Preprocessor preprocessor, Image image, int size) {
    FloatBuffer batch =
        ByteBuffer.allocateDirect(3 * size * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    preprocessor.apply(image, batch, size);
    float[] values = new float[size];
    batch.get(size, values);
    for (int i = 0; i < size; i++) {
      assertEquals(0, batch.get(i), "what lies before is left alone");
      assertEquals(0, batch.get(2 * size + i), "and what lies behind");
    }
    return values;
  }
}
