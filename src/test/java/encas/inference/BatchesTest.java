package encas.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import encas.config.DataSpec;
import encas.config.DataSpec.Format;
import encas.dataset.Dataset;
import encas.dataset.Datasets;
import encas.dataset.Image;
import encas.dataset.image.ImageDecoder;
import encas.inference.Batches.Part;
import encas.pool.Classifier;
import encas.pool.ModelCard.InputShape;
import encas.storage.Store;
import encas.storage.hadoop.HadoopStore;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchesTest {
  private static final int SIDE = 24;
  private static final int BATCH = 3;
  private static final InputShape INPUT = new InputShape(3, SIDE, SIDE);

  private final Store store = new HadoopStore(new Configuration());

  @TempDir private Path folder;

  /** Gives back what it is shown. */
  private static final class Mirror implements Classifier {
    @Override
    public float[] classify(float[] batch, int size) {
      return batch.clone();
    }

    @Override
    public int classes() {
      return INPUT.size();
    }

    @Override
    public void close() {}
  }

  private static byte[] jpeg(int seed) throws IOException {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_3BYTE_BGR);
    Random random = new Random(seed);
    for (int i = 0; i < SIDE * SIDE; i++) {
      image.setRGB(i % SIDE, i / SIDE, random.nextInt());
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "jpeg", out);
    return out.toByteArray();
  }

  private static void unchanged(Image image, FloatBuffer batch, int offset) {
    for (int i = 0; i < image.pixels().length; i++) {
      batch.put(offset + i, image.pixels()[i]);
    }
  }

  private static DataSpec write(Path folder, Format format, List<byte[]> files) throws IOException {
    if (format == Format.IMAGE_FOLDER) {
      Path label = Files.createDirectories(folder.resolve("a"));
      for (int i = 0; i < files.size(); i++) {
        Files.write(label.resolve(i + ".jpg"), files.get(i));
      }
    } else {
      MessageType schema =
          MessageTypeParser.parseMessageType(
              "message spark_schema { required int32 label; optional binary content; }");
      try (ParquetWriter<Group> writer =
          ExampleParquetWriter.builder(new LocalOutputFile(folder.resolve("1.parquet")))
              .withConf(new Configuration())
              .withType(schema)
              .build()) {
        for (byte[] file : files) {
          Group row = new SimpleGroup(schema).append("label", 0);
          row.add("content", Binary.fromConstantByteArray(file));
          writer.write(row);
        }
      }
    }
    return new DataSpec(format, null, null, folder.toUri(), null, null);
  }

  /** A cursor decodes each picture of equal size into the pixels of the one before. */
  @ParameterizedTest
  @CsvSource({"IMAGE_FOLDER, 0", "IMAGE_FOLDER, 2", "PARQUET, 0", "PARQUET, 2"})
  void jpegs_of_equal_size_do_not_show_in_one_another(Format format, int threads) throws Exception {
    List<byte[]> files = new ArrayList<>();
    List<byte[]> expected = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      files.add(jpeg(i));
      expected.add(new ImageDecoder().decode(files.get(i)).pixels());
    }
    Dataset data = Datasets.open(write(folder, format, files), "search", 1, store);
    List<Part> parts = new ArrayList<>();
    for (int from = 0; from < 7; from += BATCH) {
      int first = from;
      parts.add(() -> data.samples(first, Math.min(7, first + BATCH), store));
    }
    int row = 0;
    try (Batches batches =
        new Batches(BATCH, INPUT, () -> BatchesTest::unchanged, parts.iterator(), threads, null)) {
      while (batches.hasNext()) {
        Batch batch = batches.next();
        float[] shown = batch.classify(new Mirror());
        for (int i = 0; i < batch.size(); i++, row++) {
          assertEquals(row, batch.index(i));
          byte[] pixels = new byte[INPUT.size()];
          for (int p = 0; p < pixels.length; p++) {
            pixels[p] = (byte) shown[i * pixels.length + p];
          }
          assertArrayEquals(expected.get(row), pixels, "row " + row);
        }
      }
    }
    assertEquals(7, row);
  }
}
