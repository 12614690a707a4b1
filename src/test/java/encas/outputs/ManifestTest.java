package encas.outputs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.failure.InvalidInputException;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ManifestTest {
  private static final Manifest MANIFEST =
      new Manifest(
          2,
          "007",
          "aa",
          "bb",
          "cc",
          "dd",
          5000,
          10,
          93.52,
          "onnxruntime",
          "cpu",
          64,
          812.5,
          3.125,
          48.5,
          "2026-01-01T00:00:00Z",
          List.of("part-00000-0a1b2c3d.parquet"));

  private final HadoopStore store = new HadoopStore(new Configuration());

  @TempDir private Path folder;

  @Test
  void keysAreThoseOfTheFormatInItsOrder() {
    assertEquals(
        """
        {
          "schema" : 2,
          "model" : "007",
          "model-sha256" : "aa",
          "preprocess-sha256" : "bb",
          "data-sha256" : "cc",
          "rows-sha256" : "dd",
          "rows" : 5000,
          "classes" : 10,
          "accuracy" : 93.52,
          "engine" : "onnxruntime",
          "device" : "cpu",
          "batch-size" : 64,
          "images-per-s" : 812.5,
          "latency-ms-b1" : 3.125,
          "latency-ms-batch" : 48.5,
          "created" : "2026-01-01T00:00:00Z",
          "files" : [ "part-00000-0a1b2c3d.parquet" ]
        }
        """,
        Json.write(MANIFEST));
  }

  @Test
  void whatIsWrittenIsReadAndKeysOfLaterVersionsAreIgnored() throws IOException {
    assertEquals(Optional.of(MANIFEST), read(Json.write(MANIFEST)));
    assertEquals(
        Optional.of(MANIFEST),
        read(Json.write(MANIFEST).replace("\"schema\"", "\"later\": [1], \"schema\"")));
  }

  @Test
  void noFileIsNoManifest() {
    assertEquals(
        Optional.empty(),
        Json.read(store, folder.resolve("none").toUri(), Manifest.class, "manifest"));
  }

  @Test
  void damagedManifestsAreRefusedInOneLine() {
    String good = Json.write(MANIFEST);
    for (String bad :
        List.of(
            "",
            "{",
            "[]",
            good.substring(0, good.length() / 2),
            good.replace("\"schema\" : 2", "\"schema\" : 0"),
            good.replace("part-00000", "../part"),
            good.replace("part-00000", "/etc/part"),
            good.replace("5000", "-1"),
            good.replace("\"model\" :", "\"m\" :"))) {
      InvalidInputException e = assertThrows(InvalidInputException.class, () -> read(bad), bad);
      assertTrue(e.getMessage().startsWith("manifest file:"), e.getMessage());
      assertEquals(1, e.getMessage().lines().count(), e.getMessage());
    }
  }

  private Optional<Manifest> read(String json) throws IOException {
    URI file = Files.writeString(folder.resolve("_manifest.json"), json).toUri();
    return Json.read(store, file, Manifest.class, "manifest");
  }

  @Test
  void aNewerSchemaIsRefusedWithoutAdviceToDeleteWhatItSays() throws IOException {
    String newer = Json.write(MANIFEST).replace("\"schema\" : 2", "\"schema\" : 3");
    InvalidInputException e = assertThrows(InvalidInputException.class, () -> read(newer));
    assertEquals(
        "manifest "
            + folder.resolve("_manifest.json").toUri()
            + ": schema 3 is newer than 2, the newest that this version knows; take the version of"
            + " encas that wrote it",
        e.getMessage());
  }
}
