package encas.pool.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.LocalSpark;
import encas.pool.Cards;
import encas.pool.Classifier;
import encas.pool.ClassifierLoader.Placement;
import encas.pool.ModelCard;
import encas.pool.ModelCard.InputShape;
import encas.pool.ModelCard.OutputKind;
import encas.pool.ModelFaultException;
import encas.pool.ModelPool;
import encas.pool.PoolFile;
import encas.storage.hadoop.HadoopStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class MllibClassifierLoaderTest {
  private static final Path EXAMPLE = Path.of("examples/fashion-mnist/mllib").toAbsolutePath();
  private static final int ROWS = 20;

  @RegisterExtension
  private static final LocalSpark SPARK =
      new LocalSpark(
          "local[2]", "spark.sql.shuffle.partitions=1", "spark.sql.codegen.wholeStage=false");

  private static ModelPool pool;

  private final HadoopStore store = new HadoopStore(new Configuration(false));

  @TempDir Path folder;

  @BeforeAll
  static void readPool() {
    pool =
        PoolFile.read(
            List.of(EXAMPLE.resolve("pool.yaml").toUri()),
            new HadoopStore(new Configuration(false)));
  }

  @Test
  void every_model_of_the_example_answers_as_mllib_itself_does_after_a_journey()
      throws IOException, ClassNotFoundException {
    for (ModelCard card : pool.models()) {
      float[] pictures = pictures(card);
      float[] scores;
      try (Classifier classifier =
          sent(MllibClassifierLoader.read(card, store, SPARK.session()))
              .load(card, pool.classes(), store, Placement.cpu(ROWS, 1))) {
        scores = classifier.classify(pictures, ROWS);
      }
      String column = card.output() == OutputKind.LOGITS ? "rawPrediction" : "probability";
      List<Row> expected = transformed(card, pictures).select(column).collectAsList();
      for (int i = 0; i < ROWS; i++) {
        for (int c = 0; c < pool.classes(); c++) {
          double value = ((Vector) expected.get(i).get(0)).apply(c);
          assertEquals(value, scores[i * pool.classes() + c], 1e-6 * (1 + Math.abs(value)));
        }
      }
    }
  }

  @Test
  void logits_are_those_whose_softmax_is_mllibs_probability() {
    for (ModelCard card : pool.models()) {
      if (card.output() == OutputKind.LOGITS) {
        for (Row row : transformed(card, pictures(card)).collectAsList()) {
          Vector logits = row.getAs("rawPrediction");
          Vector probabilities = row.getAs("probability");
          double max = Arrays.stream(logits.toArray()).max().getAsDouble();
          double sum = Arrays.stream(logits.toArray()).map(x -> Math.exp(x - max)).sum();
          for (int c = 0; c < pool.classes(); c++) {
            assertEquals(
                probabilities.apply(c), Math.exp(logits.apply(c) - max) / sum, 1e-9, card.id());
          }
        }
      }
    }
  }

  @Test
  void a_pipeline_of_one_classifier_is_that_classifier() throws IOException {
    ModelCard card = pool.models().get(0);
    PipelineModel pipeline = pipeline(model(card));
    ModelCard packed = saved(card, pipeline);
    float[] pictures = pictures(card);
    try (Classifier alone = load(card);
        Classifier inPipeline = load(packed)) {
      assertArrayEquals(alone.classify(pictures, ROWS), inPipeline.classify(pictures, ROWS));
    }
  }

  @Test
  void a_pipeline_of_two_stages_is_a_fault() throws IOException {
    Transformer model = model(pool.models().get(0));
    assertFault(saved(pool.models().get(0), pipeline(model, model)), "is a pipeline of 2 stages");
  }

  @Test
  void a_changed_folder_is_a_fault() throws IOException {
    ModelCard card = copied(pool.models().get(1));
    Files.writeString(Path.of(card.uri()).resolve("data/part-more"), "x");
    assertFault(card, "the pool file says " + card.sha256());
  }

  @Test
  void hadoops_crc_files_do_not_change_the_checksum() throws IOException {
    ModelCard card = copied(pool.models().get(1));
    Files.writeString(Path.of(card.uri()).resolve("data/.part-0.crc"), "x");
    load(card).close();
  }

  @Test
  void a_class_that_the_file_names_and_is_no_classifier_is_never_made() throws IOException {
    ModelCard card = copied(pool.models().get(1));
    Path metadata;
    try (Stream<Path> files = Files.list(Path.of(card.uri()).resolve("metadata"))) {
      metadata = files.filter(file -> file.toString().endsWith(".txt")).findFirst().orElseThrow();
    }
    String text = Files.readString(metadata);
    Files.writeString(
        metadata,
        text.replaceFirst(
            "org\\.apache\\.spark\\.ml\\.classification\\.\\w+", "java.lang.Runtime"));
    assertFault(
        Cards.withFile(card, card.uri(), card.engine(), store),
        "is a java.lang.Runtime, no classifier");
  }

  @Test
  void a_folder_that_is_not_there_is_a_fault() {
    ModelCard card = pool.models().get(0);
    ModelCard gone = Cards.withUri(Cards.withId(card, "gone"), folder.resolve("gone").toUri());
    assertFault(gone, "model gone: no such folder: ");
  }

  @Test
  void another_input_size_is_a_fault() throws IOException {
    ModelCard card = pool.models().get(0);
    assertFault(
        Cards.withInput(card, new InputShape(1, 28, 28)),
        "takes 196 features, the pool file's input has 784");
  }

  private void assertFault(ModelCard card, String message) {
    ModelFaultException fault = assertThrows(ModelFaultException.class, () -> load(card));
    assertTrue(fault.getMessage().contains(message), fault.getMessage());
    assertEquals(1, fault.getMessage().lines().count(), fault.getMessage());
  }

  private Classifier load(ModelCard card) {
    return MllibClassifierLoader.read(card, store, SPARK.session())
        .load(card, pool.classes(), store, Placement.cpu(ROWS, 1));
  }

  private ModelCard copied(ModelCard card) throws IOException {
    Path from = Path.of(card.uri());
    Path to = folder.resolve(card.id());
    List<Path> files;
    try (Stream<Path> walk = Files.walk(from)) {
      files = walk.toList();
    }
    for (Path file : files) {
      Files.copy(file, to.resolve(from.relativize(file).toString()));
    }
    return Cards.withFile(card, to.toUri(), card.engine(), store);
  }

  private ModelCard saved(ModelCard card, PipelineModel pipeline) throws IOException {
    URI place = folder.resolve("pipeline").toUri();
    pipeline.write().overwrite().save(place.toString());
    return Cards.withFile(card, place, card.engine(), store);
  }

  private static PipelineModel pipeline(Transformer... stages) {
    return new PipelineModel("pipeline", List.of(stages));
  }

  private static Transformer model(ModelCard card) {
    return (Transformer)
        DefaultParamsReader.<Object>loadParamsInstance(card.uri().toString(), SPARK.session());
  }

  private static org.apache.spark.sql.Dataset<Row> transformed(ModelCard card, float[] pictures) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      double[] values = new double[card.input().size()];
      for (int f = 0; f < values.length; f++) {
        values[f] = pictures[i * values.length + f];
      }
      rows.add(RowFactory.create(new DenseVector(values)));
    }
    StructType schema = new StructType().add("features", SQLDataTypes.VectorType());
    return model(card).transform(SPARK.session().createDataFrame(rows, schema));
  }

  private static float[] pictures(ModelCard card) {
    Random random = new Random(5);
    float[] pictures = new float[ROWS * card.input().size()];
    for (int i = 0; i < pictures.length; i++) {
      pictures[i] = random.nextFloat();
    }
    return pictures;
  }

  /** As a task's closure travels. */
  private static MllibClassifierLoader sent(MllibClassifierLoader loader)
      throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(loader);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (MllibClassifierLoader) in.readObject();
    }
  }
}
