package encas.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
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
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsPlaceTest {
  private static final List<String> FILES = List.of("front.json", "deep/trace.jsonl.gz");

  @TempDir private Path folder;

  private void check(URI results) throws IOException {
    ResultsPlace.check(new HadoopStore(new Configuration()), results, FILES);
  }

  private void assertRefused(String results, String why) {
    var refusal =
        assertThrows(
            InvalidInputException.class, () -> check(folder.resolve(results).toUri()), results);
    assertTrue(refusal.getMessage().contains(why), refusal.getMessage());
  }

  @Test
  void a_folder_that_is_there_or_is_not_yet_will_do_and_nothing_is_made() throws IOException {
    assertDoesNotThrow(() -> check(folder.toUri()));
    assertDoesNotThrow(() -> check(folder.resolve("not/yet").toUri()));
    try (var files = Files.list(folder)) {
      assertEquals(0, files.count());
    }
  }

  @Test
  void a_file_in_place_of_results_or_above_them_is_named() throws IOException {
    Files.writeString(folder.resolve("a-file"), "");
    assertRefused("a-file", "a-file is a file");
    assertRefused("a-file/below", "a-file is a file");
    assertRefused("a-file/far/below", "a-file is a file");
  }

  @Test
  void a_folder_in_place_of_a_result_is_named() throws IOException {
    Files.createDirectories(folder.resolve("run/front.json"));
    assertRefused("run", "front.json is a folder");
  }

  @Test
  void a_file_above_a_result_is_named() throws IOException {
    Files.createDirectory(folder.resolve("run"));
    Files.writeString(folder.resolve("run/deep"), "");
    assertRefused("run", "deep is a file");
  }

  @Test
  void a_scheme_that_no_file_system_has_is_named() {
    var refusal =
        assertThrows(
            InvalidInputException.class, () -> check(URI.create("nosuch://bucket/results")));
    assertTrue(refusal.getMessage().contains("scheme nosuch"), refusal.getMessage());
  }
}
