package encas.dataset.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import encas.dataset.Image;
import encas.dataset.image.Preprocessing.CropMode;
import encas.dataset.image.Preprocessing.Interpolation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Held to what Pillow gave ({@code src/test/python/pillow_golden.py}), to the last bit. */
class PreprocessorGoldenTest {

  private record Golden(Image image, Preprocessing wanted, int[] shape, byte[] pixels) {}

  static Stream<String> cases() throws IOException {
    return new String(resource("preprocess.tsv"), StandardCharsets.UTF_8).lines();
  }

  static byte[] resource(String name) throws IOException {
    try (InputStream in =
        PreprocessorGoldenTest.class.getResourceAsStream("/golden/pillow/" + name)) {
      return in.readAllBytes();
    }
  }

  private static Golden parse(String line) {
    String[] f = line.split("\t");
    Preprocessing wanted =
        new Preprocessing(
            sides(f[6]),
            sides(f[7]),
            CropMode.valueOf(f[8].toUpperCase(Locale.ROOT)),
            Interpolation.valueOf(f[9].toUpperCase(Locale.ROOT)),
            Arrays.stream(f[10].split(",")).map(Double::valueOf).toList(),
            null);
    int[] numbers = Arrays.stream(f, 0, 6).mapToInt(Integer::parseInt).toArray();
    return new Golden(
        noise(numbers[0], numbers[1], numbers[2]),
        wanted,
        Arrays.copyOfRange(numbers, 3, 6),
        Base64.getDecoder().decode(f[11]));
  }

  private static List<Integer> sides(String text) {
    return text.equals("-") ? null : Arrays.stream(text.split(",")).map(Integer::valueOf).toList();
  }

  /** The script's arithmetic. */
  static Image noise(int channels, int height, int width) {
    int state = channels * 1000003 + height * 1009 + width;
    byte[] pixels = new byte[channels * height * width];
    for (int i = 0; i < pixels.length; i++) {
      state = state * 1664525 + 1013904223;
      int value = state >>> 24;
      int patch = (i / (5 * channels)) % 3;
      pixels[i] = (byte) (patch == 1 && value < 200 ? 0 : patch == 2 && value > 60 ? 255 : value);
    }
    return new Image(channels, height, width, pixels);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void pixelsEqualPillows(String line) {
    Golden golden = parse(line);
    int[] shape = golden.shape();
    Preprocessor preprocessor = new Preprocessor(golden.wanted(), shape[0], shape[1], shape[2]);
    float[] batch = new float[golden.pixels().length + 3];
    Arrays.fill(batch, Float.NaN);
    // Twice, and after another size: what is kept between pictures must not show.
    preprocessor.apply(golden.image(), batch, 3);
    Arrays.fill(batch, Float.NaN);
    preprocessor.apply(golden.image(), batch, 3);

    float[] expected = new float[golden.pixels().length];
    List<Double> mean = golden.wanted().mean();
    for (int i = 0; i < expected.length; i++) {
      int channel = i / (shape[1] * shape[2]);
      float shift = mean.get(mean.size() == 1 ? 0 : channel).floatValue();
      expected[i] = (golden.pixels()[i] & 255) / 255f - shift;
    }
    assertArrayEquals(expected, Arrays.copyOfRange(batch, 3, batch.length));
    Assertions.assertTrue(Float.isNaN(batch[2]), "nothing is written before the offset");
  }
}
