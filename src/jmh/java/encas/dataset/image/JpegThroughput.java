package encas.dataset.image;

import encas.dataset.Image;
import encas.dataset.image.Preprocessing.Interpolation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * JPEGs a second of one thread, beside Pillow and timm in the same run: {@code JpegThroughput FOLDER
 * PYTHON ROUNDS SECONDS}, see {@code src/jmh/bash/jpeg-throughput.sh}.
 *
 * <p>Decoding alone, by the JDK's reader and by libjpeg-turbo against Pillow's {@code
 * convert('RGB')}, with all pixels compared; and decoding with resize to 256 (bicubic), crop to 224
 * and normalisation, against timm's transform. The contestants take turns, the figures are medians.
 *
 * <p>Not JMH: the other side is another process.
 */
public final class JpegThroughput {
  private interface Work {
    void apply(byte[] file) throws UndecodableImageException;
  }

  private static final String[] NAMES = {
    "decode: Pillow", "decode: JDK's reader", "decode: libjpeg-turbo", "preprocess: timm", "preprocess: ours"
  };

  private final List<byte[]> files = new ArrayList<>();
  private final double seconds;

  private JpegThroughput(Path folder, double seconds) throws IOException {
    this.seconds = seconds;
    try (Stream<Path> listed = Files.list(folder)) {
      for (Path file : listed.filter(f -> f.toString().endsWith(".jpg")).sorted().toList()) {
        files.add(Files.readAllBytes(file));
      }
    }
  }

  public static void main(String[] args) throws Exception {
    JpegThroughput throughput = new JpegThroughput(Path.of(args[0]), Double.parseDouble(args[3]));
    int rounds = Integer.parseInt(args[2]);
    double[][] figures = new double[NAMES.length][rounds];
    ImageDecoder jdk = new ImageDecoder(false);
    ImageDecoder turbo = new ImageDecoder(true);
    Preprocessing wanted =
        new Preprocessing(
            List.of(256),
            List.of(224),
            null,
            Interpolation.BICUBIC,
            List.of(0.485, 0.456, 0.406),
            List.of(0.229, 0.224, 0.225));
    Preprocessor preprocessor = new Preprocessor(wanted, 3, 224, 224);
    float[] tensor = new float[3 * 224 * 224];
    for (int round = 0; round < rounds; round++) {
      String[] pillow = baseline(args, "decode").split(" ");
      figures[0][round] = Double.parseDouble(pillow[0]);
      figures[1][round] = throughput.measure(jdk::decode);
      figures[2][round] = throughput.measure(turbo::decode);
      figures[3][round] = Double.parseDouble(baseline(args, "preprocess"));
      figures[4][round] =
          throughput.measure(file -> preprocessor.apply(turbo.decode(file), tensor, 0));
      throughput.compare(pillow[1], jdk);
      throughput.compare(pillow[1], turbo);
    }
    System.out.println("| what | images/s of one thread | of the Python of its kind |");
    System.out.println("| --- | --- | --- |");
    double[] medians = Arrays.stream(figures).mapToDouble(JpegThroughput::median).toArray();
    for (int i = 0; i < NAMES.length; i++) {
      double base = medians[i < 3 ? 0 : 3];
      System.out.printf(
          Locale.ROOT, "| %s | %.0f | %.2f |%n", NAMES[i], medians[i], medians[i] / base);
    }
    System.out.println("all pixels equal Pillow's");
  }

  private static String baseline(String[] args, String what) throws IOException {
    Process process =
        new ProcessBuilder(args[1], "src/jmh/python/jpeg_baseline.py", what, args[0], args[3])
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }

  private double measure(Work work) throws UndecodableImageException {
    int done = 0;
    long start = System.nanoTime();
    double passed = 0;
    // The first half warms.
    for (int half = 0; half < 2; half++) {
      done = 0;
      start = System.nanoTime();
      do {
        for (byte[] file : files) {
          work.apply(file);
        }
        done += files.size();
        passed = (System.nanoTime() - start) / 1e9;
      } while (passed < seconds);
    }
    return done / passed;
  }

  private void compare(String golden, ImageDecoder decoder) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (byte[] file : files) {
      Image image = decoder.decode(file);
      digest.update(image.pixels());
    }
    if (!HexFormat.of().formatHex(digest.digest()).equals(golden)) {
      throw new IllegalStateException("pixels differ from Pillow's");
    }
  }

  private static double median(double[] figures) {
    double[] sorted = figures.clone();
    Arrays.sort(sorted);
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }
}
