package encas.dataset.hadoop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import encas.LocalSpark;
import encas.config.DataSpec;
import encas.config.DataSpec.Format;
import encas.dataset.Dataset;
import encas.dataset.Datasets;
import encas.dataset.Sample;
import encas.storage.Store;
import encas.storage.hadoop.HadoopStore;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Random;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A folder of pictures is the same data when Spark has put it into Parquet. */
class SparkWrittenPicturesTest {
  private final Store store = new HadoopStore(new Configuration());

  @TempDir Path folder;

  @RegisterExtension
  private static final LocalSpark SPARK =
      new LocalSpark("local[1]", "spark.sql.shuffle.partitions=1");

  @Test
  void binaryFile_and_image_columns_hold_the_pictures_of_the_folder() throws IOException {
    Path pictures = folder.resolve("pictures");
    Random random = new Random(5);
    for (String name : new String[] {"cat", "dog"}) {
      Files.createDirectories(pictures.resolve(name));
      for (int i = 0; i < 3; i++) {
        BufferedImage image = new BufferedImage(7, 5, BufferedImage.TYPE_3BYTE_BGR);
        image.setRGB(0, 0, 7, 5, random.ints(35).toArray(), 0, 7);
        ImageIO.write(image, "png", pictures.resolve(name + "/" + i + ".png").toFile());
      }
    }
    String all = pictures + "/*/*.png";
    String files = folder.resolve("files").toString();
    String pixels = folder.resolve("pixels").toString();
    SPARK
        .session()
        .read()
        .format("binaryFile")
        .load(all)
        .orderBy("path")
        .coalesce(1)
        .write()
        .parquet(files);
    SPARK
        .session()
        .read()
        .format("image")
        .load(all)
        .orderBy("image.origin")
        .coalesce(1)
        .write()
        .parquet(pixels);

    assertSame(open(Format.IMAGE_FOLDER, pictures), open(Format.PARQUET, Path.of(files)));
    assertSame(open(Format.IMAGE_FOLDER, pictures), open(Format.PARQUET, Path.of(pixels)));
  }

  private Dataset open(Format format, Path path) {
    DataSpec spec = new DataSpec(format, null, null, path.toUri(), null, null);
    return Datasets.open(spec, "search", 2, store);
  }

  private void assertSame(Dataset expected, Dataset actual) throws IOException {
    assertEquals(6, actual.rows());
    Iterator<Sample> found = actual.samples(0, 6, store);
    Iterator<Sample> samples = expected.samples(0, 6, store);
    while (samples.hasNext()) {
      Sample wanted = samples.next();
      Sample sample = found.next();
      assertEquals(wanted.label(), sample.label());
      assertArrayEquals(wanted.image().pixels(), sample.image().pixels());
    }
    assertFalse(found.hasNext());
  }
}
