package encas.inference;

import encas.config.DataSpec;
import encas.dataset.Dataset;
import encas.dataset.Datasets;
import encas.dataset.image.Preprocessing;
import encas.dataset.image.Preprocessing.Interpolation;
import encas.inference.InferenceThroughput.Stopwatch;
import encas.inference.spark.InferenceJob;
import encas.outputs.hadoop.OutputTable;
import encas.pool.Cards;
import encas.pool.ModelCard;
import encas.pool.ModelCard.InputShape;
import encas.pool.ModelPool;
import encas.pool.djl.TinyOnnx;
import encas.storage.hadoop.HadoopStore;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import org.apache.spark.sql.SparkSession;

/**
 * Images a second of models that share their preprocessing, against the same job once a model, each
 * of which decodes for itself: {@code SharedDecoding IMAGES MODELS ROUNDS [once|each|both]}. The
 * images are JPEGs of 500 x 375, resized and cropped to 224; the models linear, so that decoding is
 * nearly all there is.
 *
 * <p>With {@code both}, the default, rounds take turns in going first, decoding once in the first;
 * {@code once} or {@code each} alone, in a JVM each, compares them cold.
 */
public final class SharedDecoding {
  private static final int CLASSES = 10;
  private static final InputShape INPUT = new InputShape(3, 224, 224);

  private SharedDecoding() {}

  public static void main(String[] args) throws Exception {
    int images = Integer.parseInt(args[0]);
    int models = Integer.parseInt(args[1]);
    SparkSession spark = SparkSession.builder().appName("shared-decoding").getOrCreate();
    HadoopStore store = new HadoopStore(spark.sparkContext().hadoopConfiguration());
    Path folder = Files.createTempDirectory("encas-shared-");
    DataSpec data =
        new DataSpec(
            DataSpec.Format.IMAGE_FOLDER, null, null, pictures(folder, images).toUri(), null, null);
    Dataset split = Datasets.open(data, "search", CLASSES, store);
    List<ModelCard> cards = new ArrayList<>();
    for (int m = 0; m < models; m++) {
      cards.add(card(TinyOnnx.random(INPUT, CLASSES, m).write(folder, "linear-" + m), m));
    }
    String which = args.length > 3 ? args[3] : "both";
    double[] seconds = new double[2];
    for (int round = 0; round < Integer.parseInt(args[2]); round++) {
      Path outputs = folder.resolve("outputs-" + round);
      Callable<Stopwatch> once =
          () -> {
            Stopwatch watch = new Stopwatch();
            run(spark, store, outputs.resolve("once"), cards, split);
            return watch.stop();
          };
      Callable<Stopwatch> each =
          () -> {
            Stopwatch watch = new Stopwatch();
            for (ModelCard card : cards) {
              run(spark, store, outputs.resolve("each"), List.of(card), split);
            }
            return watch.stop();
          };
      double work = (double) images * models;
      if (!which.equals("both")) {
        Stopwatch alone = (which.equals("once") ? once : each).call();
        System.out.printf("round %d: decoded %s %s%n", round, which, alone.rate(work));
        continue;
      }
      Stopwatch first = (round % 2 == 0 ? once : each).call();
      Stopwatch second = (round % 2 == 0 ? each : once).call();
      Stopwatch shared = round % 2 == 0 ? first : second;
      Stopwatch own = round % 2 == 0 ? second : first;
      System.out.printf(
          "round %d: decoded once %s, once a model %s: %.2f times faster (CPU time %.2f)%n",
          round,
          shared.rate(work),
          own.rate(work),
          own.seconds / shared.seconds,
          own.cpuSeconds / shared.cpuSeconds);
      seconds[0] += shared.seconds;
      seconds[1] += own.seconds;
    }
    if (which.equals("both")) {
      System.out.printf("all rounds: %.2f times faster%n", seconds[1] / seconds[0]);
    }
    spark.stop();
    store.delete(folder.toUri());
  }

  private static void run(
      SparkSession spark, HadoopStore store, Path outputs, List<ModelCard> cards, Dataset split) {
    new InferenceJob(spark, new OutputTable(outputs.toUri(), store), InferenceThroughput.spec())
        .run(
            new ModelPool("linear", CLASSES, null, cards),
            Map.of("search", split),
            InferenceProgress.NONE);
  }

  /** Means and deviations differ: they do not keep models from sharing. */
  private static ModelCard card(ModelCard card, int m) {
    return Cards.withPreprocess(
        card,
        new Preprocessing(
            List.of(256),
            List.of(224),
            null,
            Interpolation.BICUBIC,
            List.of(0.4 + m / 100.0),
            null));
  }

  private static Path pictures(Path folder, int count) throws Exception {
    Random random = new Random(1);
    Path root = folder.resolve("pictures");
    for (int c = 0; c < CLASSES; c++) {
      Files.createDirectories(root.resolve("class-" + c));
    }
    for (int i = 0; i < count; i++) {
      BufferedImage picture = new BufferedImage(500, 375, BufferedImage.TYPE_INT_RGB);
      Graphics2D paint = picture.createGraphics();
      for (int shape = 0; shape < 60; shape++) {
        paint.setPaint(
            new GradientPaint(
                random.nextInt(500),
                0,
                new Color(random.nextInt(1 << 24)),
                random.nextInt(500),
                375,
                new Color(random.nextInt(1 << 24))));
        paint.fillOval(
            random.nextInt(500), random.nextInt(375), random.nextInt(200), random.nextInt(200));
      }
      paint.dispose();
      for (int y = 0; y < 375; y++) { // grain, as sensors have it
        for (int x = 0; x < 500; x++) {
          picture.setRGB(x, y, picture.getRGB(x, y) ^ random.nextInt(1 << 24) & 0x0f0f0f);
        }
      }
      ImageIO.write(
          picture,
          "jpeg",
          root.resolve("class-" + i % CLASSES).resolve("picture-" + i + ".jpeg").toFile());
    }
    return root;
  }
}
