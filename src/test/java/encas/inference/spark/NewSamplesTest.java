package encas.inference.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.config.DataSpec;
import encas.config.DataSpec.Format;
import encas.config.PrecomputeSpec;
import encas.config.PrecomputeSpec.Devices;
import encas.config.PrecomputeSpec.OnFault;
import encas.dataset.Dataset;
import encas.dataset.Datasets;
import encas.dataset.StoredPictures;
import encas.dataset.StoredPictures.Picture;
import encas.dataset.image.Preprocessing;
import encas.failure.RunFailedException;
import encas.inference.InferencePlan.Work;
import encas.inference.InferenceProgress;
import encas.inference.InferenceReport;
import encas.inference.InferenceReport.Outcome;
import encas.outputs.Coverage;
import encas.outputs.Manifest;
import encas.outputs.hadoop.OutputTable;
import encas.outputs.hadoop.OutputTable.Expected;
import encas.outputs.hadoop.StoredNotes;
import encas.pool.Classifier;
import encas.pool.ClassifierLoader;
import encas.pool.DeviceMemoryException;
import encas.pool.ModelCard;
import encas.pool.ModelCard.Engine;
import encas.pool.ModelCard.InputShape;
import encas.pool.ModelCard.OutputKind;
import encas.pool.ModelPool;
import encas.storage.Store;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A split whose pictures came and went: only what is new runs, and the rows are a fresh run's. */
@Timeout(120)
class NewSamplesTest {
  private static final String SPLIT = "search";
  private static final int CLASSES = 10;
  private static final List<ModelCard> CARDS =
      List.of(card("a", 1), card("b", 1), card("alone", 0.5));

  /** Samples that models were shown. */
  private static final AtomicLong SHOWN = new AtomicLong();

  private static SparkSession spark;
  private static volatile long breakAfter = Long.MAX_VALUE;
  private static volatile int memory = Integer.MAX_VALUE;

  @TempDir private Path folder;
  private final HadoopStore store = new HadoopStore(new Configuration(false));
  private OutputTable table;
  private int tables;

  @BeforeAll
  static void startSpark() {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .appName("new samples")
            .config("spark.ui.enabled", "false")
            .config("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
            .config("spark.kryo.registrationRequired", "true")
            .getOrCreate();
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  @BeforeEach
  void newTable() {
    table = emptyTable();
    breakAfter = Long.MAX_VALUE;
    memory = Integer.MAX_VALUE;
  }

  private OutputTable emptyTable() {
    return new OutputTable(folder.resolve("outputs" + tables++).toUri(), store);
  }

  private static ModelCard card(String id, double std) {
    return new ModelCard(
        id,
        URI.create("file:///models/" + id),
        "0" + id,
        Engine.ONNXRUNTIME,
        new InputShape(3, 32, 32),
        new Preprocessing(
            id.equals("alone") ? List.of(32) : null, null, null, null, null, List.of(std)),
        OutputKind.LOGITS,
        Map.of("mflops", 1.0));
  }

  /** Logits that depend on every pixel, and on the model. */
  private static final class Counting implements ClassifierLoader {
    private static final long serialVersionUID = 1L;

    @Override
    public Classifier load(ModelCard card, int classes, Store models, Placement placement) {
      return new Classifier() {
        @Override
        public float[] classify(float[] batch, int size) {
          if (size > memory) {
            throw new DeviceMemoryException(card.id(), null);
          }
          if (SHOWN.addAndGet(size) > breakAfter) {
            throw new IllegalStateException("the disk is gone");
          }
          int values = card.input().size();
          float[] logits = new float[size * classes];
          for (int i = 0; i < size; i++) {
            for (int v = 0; v < values; v++) {
              int c = (v * 7 + card.id().length()) % classes;
              logits[i * classes + c] += batch[i * values + v] * (v % 13 - 6) / 30;
            }
          }
          return logits;
        }

        @Override
        public int classes() {
          return classes;
        }

        @Override
        public void close() {}
      };
    }
  }

  private static PrecomputeSpec spec(OptionalInt batch) {
    return new PrecomputeSpec(
        Devices.CPU, batch, OptionalInt.of(16), OnFault.STOP, OnFault.SKIP, Duration.ofMinutes(1));
  }

  private static InferenceJob job(OutputTable to, PrecomputeSpec spec) {
    return new InferenceJob(spark, to, spec, card -> new Counting());
  }

  private static ModelPool pool() {
    return new ModelPool("test", CLASSES, null, CARDS);
  }

  private Dataset open(DataSpec data) {
    return Datasets.open(
        data, SPLIT, CLASSES, store, new StoredNotes(table).read(SPLIT).taking((files, of) -> {}));
  }

  private InferenceReport run(OutputTable to, Dataset data) {
    return job(to, spec(OptionalInt.of(4)))
        .run(pool(), Map.of(SPLIT, data), InferenceProgress.NONE);
  }

  /** Brings the table up to date: so many samples of each model are new. */
  private void assertComputes(int fresh, DataSpec spec) {
    Dataset data = open(spec);
    for (Work work : job(table, spec(OptionalInt.of(4))).plan(pool(), Map.of(SPLIT, data)).work()) {
      assertEquals(fresh, work.toCompute(), "planned");
    }
    Coverage coverage = table.coverage(pool(), Map.of(SPLIT, Expected.of(data)));
    for (Coverage.Model model : coverage.splits().get(SPLIT).models()) {
      assertEquals(
          "the data has changed: " + fresh + " of " + data.rows() + " samples are new",
          model.reason());
    }
    SHOWN.set(0);
    assertEquals(CARDS.size(), run(table, data).of(Outcome.COMPUTED).size());
    assertEquals(fresh * CARDS.size(), SHOWN.get(), "shown");
    assertAsFresh(data);
    assertTrue(run(table, data).didNothing());
  }

  private void assertAsFresh(Dataset data) {
    OutputTable whole = emptyTable();
    run(whole, data);
    for (ModelCard card : CARDS) {
      Manifest expected = whole.manifest(SPLIT, card.id()).orElseThrow();
      Manifest actual = table.manifest(SPLIT, card.id()).orElseThrow();
      assertEquals(expected.rowsSha256(), actual.rowsSha256(), card.id());
      assertEquals(expected.accuracy(), actual.accuracy());
      assertEquals(expected.rows(), actual.rows());
      assertEquals(expected.dataSha256(), actual.dataSha256());
      assertEquals(expected.batchSize(), actual.batchSize());
    }
    int notes = data.notes().isPresent() ? 1 : 0;
    assertEquals(1 + notes, files("_data/split=search"), "index and notes");
  }

  private int files(String place) {
    try {
      return store.list(URI.create(table.layout().root() + "/" + place)).size();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Picture> pictures(int count) {
    Random random = new Random(7);
    List<Picture> pictures = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] pixels = new byte[3 * 32 * 32];
      random.nextBytes(pixels);
      pictures.add(new Picture(random.nextInt(CLASSES), pixels));
    }
    return pictures;
  }

  @ParameterizedTest
  @EnumSource(names = {"IDX", "IDX_GZIPPED", "CIFAR10"})
  void records_that_are_appended_put_in_or_taken_out(StoredPictures stored) throws IOException {
    List<Picture> all = pictures(45);
    run(table, open(stored.write(folder, all.subList(0, 36), null)));
    assertComputes(9, stored.write(folder, all, null));
    List<Picture> changed = new ArrayList<>(all);
    changed.remove(40);
    changed.add(11, pictures(46).get(45));
    changed.set(3, new Picture((all.get(3).label() + 1) % CLASSES, all.get(3).pixels()));
    assertComputes(1, stored.write(folder, changed, null));
    // Labels alone: nothing is computed.
    changed.replaceAll(p -> new Picture((p.label() + 1) % CLASSES, p.pixels()));
    assertComputes(0, stored.write(folder, changed, null));
  }

  @Test
  void parquet_rows_that_come_in_a_file_of_their_own() throws IOException {
    StoredPictures stored = StoredPictures.PARQUET_WITH_LABELS;
    Path data = folder.resolve("data");
    DataSpec spec = stored.write(data, pictures(20), null);
    run(table, open(spec));
    Path more = folder.resolve("more");
    stored.write(more, pictures(40).subList(20, 40), null);
    Files.copy(
        more.resolve("part-00001.snappy.parquet"), data.resolve("part-00000b.snappy.parquet"));
    assertComputes(7, spec);
  }

  /** A folder of pictures: ten classes of three. */
  private DataSpec pictureFolder() throws IOException {
    List<Picture> pictures = pictures(30);
    for (int i = 0; i < 30; i++) {
      put("c" + i / 3 + "/" + i % 3 + ".png", pictures.get(i));
    }
    return new DataSpec(Format.IMAGE_FOLDER, null, null, data(), null, null);
  }

  private URI data() {
    return folder.resolve("pictures").toUri();
  }

  private void put(String name, Picture picture) throws IOException {
    Path file = folder.resolve("pictures").resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, StoredPictures.png(picture.pixels()));
  }

  @Test
  void pictures_that_are_added_removed_changed_or_renamed() throws IOException {
    DataSpec spec = pictureFolder();
    run(table, open(spec));
    Path pictures = folder.resolve("pictures");
    put("c4/1a.png", pictures(31).get(30));
    assertComputes(1, spec);
    Files.delete(pictures.resolve("c2/0.png"));
    assertComputes(0, spec);
    Files.write(pictures.resolve("c7/1.png"), StoredPictures.png(new byte[3072]));
    assertComputes(1, spec);
    Files.move(pictures.resolve("c5/2.png"), pictures.resolve("c5/0a.png"));
    assertComputes(1, spec);
    Files.write(folder.resolve("classes.txt"), List.of("c9 c8 c7 c6 c5 c4 c3 c2 c1 c0".split(" ")));
    URI classes = folder.resolve("classes.txt").toUri();
    assertComputes(0, new DataSpec(Format.IMAGE_FOLDER, null, null, data(), classes, null));
  }

  @Test
  void a_picture_that_is_replaced_by_another_of_the_same_length_and_back() throws IOException {
    List<Picture> all = pictures(32);
    DataSpec spec = pictureFolder();
    run(table, open(spec));
    Path file = folder.resolve("pictures/c4/1.png");
    byte[] first = Files.readAllBytes(file);
    byte[] other = StoredPictures.png(all.get(30).pixels());
    assertEquals(first.length, other.length);
    replace(file, other);
    assertComputes(1, spec);
    replace(file, StoredPictures.png(all.get(31).pixels()));
    assertComputes(1, spec);
    replace(file, first);
    assertComputes(1, spec);
    // Deleted, and another under its name: nothing that was carried on is taken for it.
    Files.delete(file);
    assertComputes(0, spec);
    replace(file, other);
    assertComputes(1, spec);
  }

  private static long time = 1_000_000_000_000L;

  private static void replace(Path file, byte[] bytes) throws IOException {
    Files.write(file, bytes);
    touch(file);
  }

  /** Tests are faster than some file systems' clocks. */
  private static void touch(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.fromMillis(time += 2000));
  }

  @Test
  void another_time_of_the_same_pictures_has_them_read_once_and_nothing_computed()
      throws IOException {
    DataSpec spec = pictureFolder();
    run(table, open(spec));
    try (Stream<Path> files = Files.walk(folder.resolve("pictures"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        touch(file);
      }
    }
    SHOWN.set(0);
    Dataset copied = open(spec);
    assertTrue(copied.notes().orElseThrow().changed(), "read");
    assertTrue(run(table, copied).didNothing());
    assertFalse(open(spec).notes().orElseThrow().changed(), "read again");
    assertEquals(0, SHOWN.get());
  }

  @Test
  void without_its_notes_a_picture_that_was_replaced_is_computed_anew_alone() throws IOException {
    DataSpec spec = pictureFolder();
    run(table, open(spec));
    replace(folder.resolve("pictures/c4/1.png"), StoredPictures.png(pictures(31).get(30).pixels()));
    assertComputes(1, spec);
    Path notes = Path.of(table.layout().data(SPLIT)).resolve("_files");
    byte[] cut = Arrays.copyOf(Files.readAllBytes(notes), 100);
    Files.write(notes, cut);
    assertComputes(1, spec);
  }

  @Test
  void another_number_of_classes_has_everything_computed() throws IOException {
    DataSpec spec = pictureFolder();
    run(table, open(spec));
    put("d/0.png", pictures(31).get(30));
    ModelPool eleven = new ModelPool("test", 11, null, CARDS);
    Dataset data = Datasets.open(spec, SPLIT, 11, store);
    for (Work work : job(table, spec(OptionalInt.of(4))).plan(eleven, Map.of(SPLIT, data)).work()) {
      assertEquals(31, work.toCompute());
    }
    SHOWN.set(0);
    job(table, spec(OptionalInt.of(4))).run(eleven, Map.of(SPLIT, data), InferenceProgress.NONE);
    assertEquals(31 * CARDS.size(), SHOWN.get());
    assertEquals(11, table.manifest(SPLIT, "a").orElseThrow().classes());
  }

  @Test
  void pictures_that_cannot_be_decoded_stay_left_out() throws IOException {
    DataSpec spec = pictureFolder();
    Files.write(folder.resolve("pictures/c1/bad.png"), new byte[20]);
    run(table, open(spec));
    assertEquals(30, table.manifest(SPLIT, "a").orElseThrow().rows());
    put("c0/9.png", pictures(31).get(30));
    Files.write(folder.resolve("pictures/c8/worse.png"), new byte[21]);
    Dataset data = open(spec);
    SHOWN.set(0);
    assertEquals(2, run(table, data).results().get(0).skippedImages().length);
    assertEquals(CARDS.size(), SHOWN.get());
    assertAsFresh(data);
  }

  @Test
  void models_whose_rows_are_of_different_data_are_each_shown_what_is_new_to_them()
      throws IOException {
    List<Picture> all = pictures(40);
    run(table, open(StoredPictures.IDX.write(folder, all.subList(0, 20), null)));
    Dataset second = open(StoredPictures.IDX.write(folder, all.subList(0, 26), null));
    job(table, spec(OptionalInt.of(4)))
        .run(
            new ModelPool("test", CLASSES, null, CARDS.subList(0, 1)),
            Map.of(SPLIT, second),
            InferenceProgress.NONE);
    assertEquals(2, files("_data/split=search"), "of rows of both data");
    Dataset third = open(StoredPictures.IDX.write(folder, all, null));
    SHOWN.set(0);
    run(table, third);
    assertEquals(14 + 20 + 20, SHOWN.get());
    assertAsFresh(third);

    // One that is new needs all pictures, the others of its group still only theirs.
    List<ModelCard> more = new ArrayList<>(CARDS);
    more.add(card("new", 1));
    all.add(5, pictures(41).get(40));
    Dataset fourth = open(StoredPictures.IDX.write(folder, all, null));
    SHOWN.set(0);
    job(table, spec(OptionalInt.of(4)))
        .run(
            new ModelPool("test", CLASSES, null, more),
            Map.of(SPLIT, fourth),
            InferenceProgress.NONE);
    assertEquals(3 + 41, SHOWN.get());
    assertAsFresh(fourth);
  }

  @Test
  void another_batch_size_has_everything_computed() throws IOException {
    List<Picture> all = pictures(24);
    run(table, open(StoredPictures.IDX.write(folder, all.subList(0, 20), null)));
    Dataset data = open(StoredPictures.IDX.write(folder, all, null));
    for (Work work : job(table, spec(OptionalInt.of(2))).plan(pool(), Map.of(SPLIT, data)).work()) {
      assertEquals(24, work.toCompute());
    }
    for (Work work :
        job(table, spec(OptionalInt.empty())).plan(pool(), Map.of(SPLIT, data)).work()) {
      assertEquals(4, work.toCompute());
      assertEquals(4, work.batchSize(), "the earlier rows'");
    }
  }

  @Test
  void a_run_that_was_broken_off_goes_on_where_it_was() throws IOException {
    List<Picture> all = pictures(60);
    run(table, open(StoredPictures.IDX.write(folder, all.subList(0, 12), null)));
    Dataset data = open(StoredPictures.IDX.write(folder, all, null));
    SHOWN.set(0);
    breakAfter = 60;
    assertThrows(RunFailedException.class, () -> run(table, data));
    breakAfter = Long.MAX_VALUE;
    SHOWN.set(0);
    run(table, data);
    assertTrue(SHOWN.get() < 48 * CARDS.size(), SHOWN + " shown");
    assertAsFresh(data);
  }

  @Test
  void a_device_with_too_little_memory_now_has_everything_computed_in_smaller_batches()
      throws IOException {
    List<Picture> all = pictures(40);
    run(table, open(StoredPictures.IDX.write(folder, all.subList(0, 30), null)));
    memory = 2;
    Dataset data = open(StoredPictures.IDX.write(folder, all, null));
    run(table, data);
    assertEquals(2, table.manifest(SPLIT, "b").orElseThrow().batchSize());
    assertAsFresh(data);
  }

  @Test
  void rows_that_are_damaged_are_computed_anew() throws IOException {
    List<Picture> all = pictures(40);
    run(table, open(StoredPictures.IDX.write(folder, all.subList(0, 30), null)));
    Manifest before = table.manifest(SPLIT, "b").orElseThrow();
    Path file = Path.of(table.layout().model(SPLIT, "b")).resolve(before.files().get(1));
    Files.write(file, new byte[100]);
    SHOWN.set(0);
    Dataset data = open(StoredPictures.IDX.write(folder, all, null));
    run(table, data);
    assertTrue(SHOWN.get() >= 2 * 10 + 24, SHOWN + " shown");
    assertTrue(SHOWN.get() <= 3 * 10 + 40, SHOWN + " shown");
    assertAsFresh(data);
  }
}
