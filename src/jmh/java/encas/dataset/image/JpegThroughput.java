package encas.dataset.image;

import encas.dataset.image.Preprocessing.Interpolation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
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
 * JPEGs a second of one thread, beside Pillow and timm in the same run: {@code JpegThroughput
 * FOLDER PYTHON ROUNDS}, see {@code src/jmh/bash/jpeg-throughput.sh}.
 *
 * <p>Decoding alone, by the JDK's reader and by libjpeg-turbo against Pillow's {@code
 * convert('RGB')}, with all pixels compared; and decoding with resize to 256 (bicubic), crop to 224
 * and normalisation, against timm's transform. The contestants take turns every quarter of a
 * second, since the machine's speed changes from second to second; figures are medians, ratios
 * medians of the rounds' ratios. The first fifth of the rounds warms.
 *
 * <p>Not JMH: the other side is another process.
 */
public final class JpegThroughput {
  private static final double SLICE = 0.25;
  private static final String[] NAMES = {
    "decode: Pillow",
    "decode: JDK's reader",
    "decode: libjpeg-turbo",
    "preprocess: timm",
    "preprocess: ours"
  };

  private interface Work {
    void apply(byte[] file) throws UndecodableImageException;
  }

  /** A Python process that answers a line with a line. */
  private record Baseline(BufferedReader answers, PrintStream questions) {
    static Baseline start(String python, String folder) throws IOException {
      Process process =
          new ProcessBuilder(python, "src/jmh/python/jpeg_baseline.py", "serve", folder)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      return new Baseline(
          process.inputReader(StandardCharsets.UTF_8),
          new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8));
    }

    String ask(String question) throws IOException {
      questions.println(question);
      return answers.readLine();
    }
  }

  private final List<byte[]> files = new ArrayList<>();

  private JpegThroughput(Path folder) throws IOException {
    try (Stream<Path> listed = Files.list(folder)) {
      for (Path file : listed.filter(f -> f.toString().endsWith(".jpg")).sorted().toList()) {
        files.add(Files.readAllBytes(file));
      }
    }
  }

  public static void main(String[] args) throws Exception {
    JpegThroughput throughput = new JpegThroughput(Path.of(args[0]));
    Baseline baseline = Baseline.start(args[1], args[0]);
    int rounds = Integer.parseInt(args[2]);
    ImageDecoder jdk = new ImageDecoder(false);
    ImageDecoder turbo = new ImageDecoder(true);
    String pixels = baseline.ask("pixels");
    System.out.println("pixels of the JDK's reader equal Pillow's: " + throughput.has(pixels, jdk));
    System.out.println("pixels of libjpeg-turbo equal Pillow's: " + throughput.has(pixels, turbo));

    Preprocessor preprocessor =
        new Preprocessor(
            new Preprocessing(
                List.of(256),
                List.of(224),
                null,
                Interpolation.BICUBIC,
                List.of(0.485, 0.456, 0.406),
                List.of(0.229, 0.224, 0.225)),
            3,
            224,
            224);
    float[] tensor = new float[3 * 224 * 224];
    double[][] figures = new double[NAMES.length][rounds];
    for (int round = -rounds / 4; round < rounds; round++) {
      double[] slice = {
        Double.parseDouble(baseline.ask("decode " + SLICE)),
        throughput.measure(jdk::decode),
        throughput.measure(turbo::decode),
        Double.parseDouble(baseline.ask("preprocess " + SLICE)),
        throughput.measure(file -> preprocessor.apply(turbo.decode(file), tensor, 0))
      };
      for (int i = 0; round >= 0 && i < slice.length; i++) {
        figures[i][round] = slice[i];
      }
    }
    baseline.questions().close();
    print(figures);
  }

  private static void print(double[][] figures) {
    System.out.println("| what | images/s of one thread | to the Python of its kind |");
    System.out.println("| --- | --- | --- |");
    for (int i = 0; i < NAMES.length; i++) {
      double[] base = figures[i < 3 ? 0 : 3];
      double[] ratios = figures[i].clone();
      for (int round = 0; round < ratios.length; round++) {
        ratios[round] /= base[round];
      }
      System.out.printf(
          Locale.ROOT, "| %s | %.0f | %.2f |%n", NAMES[i], median(figures[i]), median(ratios));
    }
  }

  private double measure(Work work) throws UndecodableImageException {
    int done = 0;
    double passed;
    long start = System.nanoTime();
    do {
      for (byte[] file : files) {
        work.apply(file);
      }
      done += files.size();
      passed = (System.nanoTime() - start) / 1e9;
    } while (passed < SLICE);
    return done / passed;
  }

  private boolean has(String pixels, ImageDecoder decoder) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (byte[] file : files) {
      digest.update(decoder.decode(file).pixels());
    }
    return HexFormat.of().formatHex(digest.digest()).equals(pixels);
  }

  private static double median(double[] figures) {
    double[] sorted = figures.clone();
    Arrays.sort(sorted);
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }
}
