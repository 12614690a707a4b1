package encas.cli;

import encas.dataset.IdxFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A run in a folder of its own that is whole and small: two of the example's networks on sixty of
 * its pictures. Tests break one thing of it.
 */
final class SmallRun {
  private static final Path EXAMPLE = Launcher.project().resolve("examples/fashion-mnist");
  private static final int ROWS = 60;
  private static final int PIXELS = 28 * 28;

  final Path folder;
  String pool;
  String run;

  SmallRun(Path folder) throws IOException {
    this.folder = folder;
    Files.createDirectories(folder.resolve("models"));
    for (String model : List.of("linear-28.onnx", "mlp-28.onnx")) {
      Files.copy(EXAMPLE.resolve("models/" + model), folder.resolve("models/" + model));
    }
    writeImages(ROWS * PIXELS);
    writeLabels(10);
    pool =
        "name: small\nclasses: 10\nmodels:\n"
            + card("linear-28", 0.008, 0.0, 1.0)
            + card("mlp-28", 0.1, 0.5, 0.5);
    run =
        """
        pool: pool.yaml
        outputs: outputs
        results: results
        data:
          search: {format: idx, images: images, labels: labels, rows: 0-29}
          test: {format: idx, images: images, labels: labels, rows: 30-59}
        search: {evaluations: 300, islands: 2, epoch: 100, max-models: 3}
        """;
  }

  String card(String id, double mflops, double mean, double std) throws IOException {
    return """
          - id: %s
            uri: models/%s.onnx
            sha256: %s
            engine: onnxruntime
            input: {channels: 1, height: 28, width: 28}
            preprocess: {resize: 28, mean: [%s], std: [%s]}
            output: logits
            costs: {mflops: %s}
        """
        .formatted(id, id, sha256(folder.resolve("models/" + id + ".onnx")), mean, std, mflops);
  }

  static String sha256(Path file) throws IOException {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** IDX pictures of which only so many bytes of pixels are there. */
  void writeImages(int pixels) throws IOException {
    byte[] content = new byte[pixels];
    for (int i = 0; i < pixels; i++) {
      content[i] = (byte) (i * 31 + i / PIXELS * 7);
    }
    Files.write(folder.resolve("images"), IdxFiles.of(content, ROWS, 28, 28));
  }

  /** Labels 0, 1, ... below {@code classes}, and again. */
  void writeLabels(int classes) throws IOException {
    byte[] labels = new byte[ROWS];
    for (int i = 0; i < ROWS; i++) {
      labels[i] = (byte) (i % classes);
    }
    Files.write(folder.resolve("labels"), IdxFiles.of(labels, ROWS));
  }

  /** Writes both files and starts a verb on them. */
  Launcher.Ended start(String verb, String... arguments) throws IOException {
    Files.writeString(folder.resolve("pool.yaml"), pool, StandardCharsets.UTF_8);
    Files.writeString(folder.resolve("run.yaml"), run, StandardCharsets.UTF_8);
    List<String> all = new ArrayList<>(List.of(verb, "--run", "run.yaml"));
    all.addAll(List.of(arguments));
    return Launcher.run(folder, all.toArray(String[]::new));
  }

  boolean hasOutputs() {
    return Files.exists(folder.resolve("outputs"));
  }
}
