package encas.inference.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.config.PrecomputeSpec;
import encas.config.PrecomputeSpec.OnFault;
import encas.dataset.image.Preprocessing;
import encas.failure.InvalidInputException;
import encas.failure.RunFailedException;
import encas.inference.InferenceProgress;
import encas.inference.InferenceReport;
import encas.inference.InferenceReport.ModelResult;
import encas.inference.InferenceReport.Outcome;
import encas.inference.ModelGroup;
import encas.inference.PixelKey;
import encas.inference.PixelWindow;
import encas.inference.Work;
import encas.outputs.Manifest;
import encas.outputs.hadoop.OutputTable;
import encas.pool.Cards;
import encas.pool.ModelCard;
import encas.pool.ModelCard.InputShape;
import encas.pool.ModelPool;
import encas.pool.djl.TinyOnnx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pictures: decoded once for models that share them, skipped, or the end of the run. */
@Timeout(60)
class SharedPixelsTest extends InferenceJobFixture {
  @Test
  void a_picture_that_cannot_be_decoded_stops_the_run() throws IOException {
    ModelPool pool = pool(write(tiny(1), "a"));
    InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> run(SPEC, pool, pictures.withBad(40L)));
    assertEquals(
        "split search, row 40: picture-40.png is no picture; mend it, or set"
            + " precompute.on-bad-image: skip",
        e.getMessage());
  }

  @Test
  void models_with_the_same_geometry_decode_each_picture_once_and_give_the_same_rows()
      throws IOException {
    ModelCard plain = write(tiny(1), "a");
    ModelCard scaled = scaled(write(tiny(2), "b"), 0.3, 0.2);
    ModelCard alone = write(TinyOnnx.random(new InputShape(1, 2, 2), CLASSES, 3), "c");
    ModelCard cropped = resized(alone, 2);
    run(SPEC, pool(plain, scaled, cropped), pictures);
    assertEquals(2 * ROWS, MadePictures.DECODED.get());
    OutputTable other = new OutputTable(folder.resolve("one-by-one").toUri(), table.store());
    for (ModelCard card : List.of(plain, scaled, cropped)) {
      new InferenceJob(SPARK.session(), other, SPEC)
          .run(pool(card), splits(pictures), InferenceProgress.NONE);
      assertEquals(
          other.manifest(SPLIT, card.id()).orElseThrow().rowsSha256(),
          manifest(card.id()).rowsSha256(),
          card.id());
    }
    assertEquals(0, SPARK.session().sparkContext().getPersistentRDDs().size());
  }

  @Test
  void a_run_that_is_taken_up_again_decodes_only_the_chunks_that_a_model_still_needs()
      throws IOException {
    ModelPool pool = pool(write(tiny(1), "a"), write(tiny(2), "b"));
    run(SPEC, pool, pictures);
    String before = manifest("b").rowsSha256();
    // What a killed run leaves: shards under their first names, no manifest.
    for (String id : List.of("a", "b")) {
      Manifest manifest = manifest(id);
      Path target = Path.of(table.layout().model(SPLIT, id));
      Files.delete(target.resolve(manifest.files().get(1)));
      Files.delete(target.resolve("_manifest.json"));
    }
    MadePictures.DECODED.set(0);
    assertEquals(2, run(SPEC, pool, pictures).of(Outcome.COMPUTED).size());
    assertEquals(32, MadePictures.DECODED.get());
    assertEquals(before, manifest("b").rowsSha256());
  }

  @Test
  void an_error_before_pixels_are_made_reaches_the_models_that_wait_for_them() throws IOException {
    Work work = new Work(SPLIT, write(tiny(1), "a"), ROWS, 16, 32, "missing", null);
    AtomicBoolean gone = new AtomicBoolean();
    List<Work> unreadable =
        new AbstractList<>() {
          @Override
          public Work get(int index) {
            if (gone.get()) {
              throw new NoClassDefFoundError("encas/Gone");
            }
            return work;
          }

          @Override
          public int size() {
            return 2;
          }
        };
    ModelGroup group = new ModelGroup(SPLIT, new PixelKey(null, INPUT), ROWS, 32, unreadable);
    GroupPixels pixels = new GroupPixels(SPARK.context(), group, null, null, null);
    gone.set(true);
    new PixelStep(pixels, new PixelRoom(new PixelWindow(0)), 0, null, SPEC, "tag").run();
    RunFailedException e = assertThrows(RunFailedException.class, () -> pixels.tasks(null, null));
    assertTrue(e.getMessage().contains("encas/Gone"), e.getMessage());
  }

  @Test
  void skipped_pictures_are_left_out_of_every_model_and_named() throws IOException {
    PrecomputeSpec skip = spec(OnFault.SKIP, OnFault.SKIP, 60_000);
    MadePictures bad = pictures.withBad(0L, 31L, 32L, 99L);
    ModelPool pool = pool(write(tiny(1), "a"), write(tiny(2), "b"));
    assertThrows(RunFailedException.class, () -> run(skip, pool, bad.lostFrom(64)));
    InferenceReport report = run(skip, pool, bad);
    for (ModelResult result : report.results()) {
      assertArrayEquals(new long[] {0, 31, 32, 99}, result.skippedImages());
      assertEquals(ROWS - 4, result.rows());
    }
    assertEquals(ROWS - 4, table.load(SPLIT, List.of("a", "b"), CLASSES).samples());
  }

  private static ModelCard scaled(ModelCard card, double mean, double std) {
    return Cards.withPreprocess(
        card, new Preprocessing(null, null, null, null, List.of(mean), List.of(std)));
  }

  private static ModelCard resized(ModelCard card, int side) {
    return Cards.withPreprocess(
        card, new Preprocessing(List.of(side), List.of(side), null, null, null, null));
  }
}
