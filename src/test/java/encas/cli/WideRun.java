package encas.cli;

import encas.dataset.IdxFiles;
import encas.pool.ModelCard.InputShape;
import encas.pool.ModelChecksum;
import encas.pool.djl.TinyOnnx;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;

/**
 * A whole run of two linear models on few pictures of very many classes: little to compute, output
 * files of more than 5 MB, the least size of an object store's part.
 */
record WideRun(Path folder) {
  private static final InputShape INPUT = new InputShape(1, 4, 4);
  private static final int CLASSES = 4000;
  private static final int ROWS = 1200;

  void write() throws IOException {
    Random random = new Random(11);
    byte[] pixels = new byte[ROWS * INPUT.size()];
    byte[] labels = new byte[ROWS];
    random.nextBytes(pixels);
    for (int i = 0; i < ROWS; i++) {
      labels[i] = (byte) random.nextInt(128);
    }
    Files.write(folder.resolve("images"), IdxFiles.of(pixels, ROWS, INPUT.height(), INPUT.width()));
    Files.write(folder.resolve("labels"), IdxFiles.of(labels, ROWS));
    Files.createDirectories(folder.resolve("models"));
    StringBuilder pool = new StringBuilder("name: wide\nclasses: " + CLASSES + "\nmodels:\n");
    for (int model = 1; model <= 2; model++) {
      pool.append(card("linear-" + model, model));
    }
    Files.writeString(folder.resolve("pool.yaml"), pool);
    Files.writeString(
        folder.resolve("run.yaml"),
        """
        pool: pool.yaml
        outputs: outputs
        results: results
        data:
          search: {format: idx, images: images, labels: labels, rows: 0-999}
          test: {format: idx, images: images, labels: labels, rows: 1000-1199}
        precompute: {shard-size: 1000, batch-size: 50}
        search: {evaluations: 300, islands: 2, epoch: 100, max-models: 3}
        """);
  }

  private String card(String id, int cost) throws IOException {
    Path file = folder.resolve("models/" + id + ".onnx");
    TinyOnnx model = TinyOnnx.random(INPUT, CLASSES, cost);
    Files.write(file, model.bytes());
    return """
          - id: %s
            uri: models/%s.onnx
            sha256: %s
            engine: onnxruntime
            input: {channels: 1, height: 4, width: 4}
            output: logits
            costs: {mflops: %d}
        """
        .formatted(
            id,
            id,
            ModelChecksum.of(file.toUri(), new HadoopStore(new Configuration(false))),
            cost);
  }
}
