package encas.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LocationsTest {
  private static final URI FILE = URI.create("file:/data/runs/run.yaml");

  @Test
  void a_relative_path_is_relative_to_the_file_that_names_it() {
    assertEquals(URI.create("file:/data/runs/results/a"), Locations.relativeTo(FILE, "results/a"));
    assertEquals(URI.create("file:/data/pool.yaml"), Locations.relativeTo(FILE, "../pool.yaml"));
  }

  @Test
  void an_absolute_path_stays_as_it_is_on_the_file_system_of_the_file() {
    assertEquals(URI.create("file:/tmp/w/outputs"), Locations.relativeTo(FILE, "/tmp/w/outputs"));
    assertEquals(URI.create("file:/tmp/outputs"), Locations.relativeTo(FILE, "//tmp/outputs"));
    assertEquals(
        URI.create("hdfs://host:8020/tmp/outputs"),
        Locations.relativeTo(URI.create("hdfs://host:8020/runs/run.yaml"), "/tmp/outputs"));
  }

  @Test
  void a_uri_stays_as_it_is() {
    assertEquals(URI.create("s3a://bucket/a"), Locations.relativeTo(FILE, "s3a://bucket/a"));
    assertEquals(URI.create("s3a://bucket/a"), Locations.ofArgument("s3a://bucket/a"));
  }

  @Test
  void what_a_uri_cannot_hold_is_encoded_once() {
    assertEquals(URI.create("file:/data/runs/a%20b%25"), Locations.relativeTo(FILE, "a b%"));
    assertEquals(URI.create("file:/x/a%20b"), Locations.relativeTo(FILE, "/x/a b"));
    assertEquals(Path.of("/x/a b").toUri(), Locations.ofArgument("/x/a b"));
  }

  @Test
  void a_child_lies_below_its_folder_with_and_without_a_slash_at_the_end() {
    assertEquals(URI.create("file:/a/b/c"), Locations.child(URI.create("file:/a"), "b/c"));
    assertEquals(URI.create("file:/a/b"), Locations.child(URI.create("file:/a/"), "b"));
  }
}
