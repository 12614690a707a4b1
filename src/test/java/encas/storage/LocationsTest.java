package encas.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.failure.InvalidInputException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

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

  @Test
  void credentials_in_a_uri_are_refused_and_not_repeated() {
    for (String uri :
        new String[] {
          "s3a://AK:S3CRET@bucket/a",
          "s3a://AK:S3C/RET@bucket/a",
          "S3A://AK:S3CRET%2F@bucket",
          "s3a://AK@bucket/a",
          "s3://AK:S3CRET/x@bucket/a",
          "hdfs://ada:S3CRET@host:8020/a",
          "hdfs://ada:S3C/RET@host/a",
          "hdfs://ada:@host/a",
          "hdfs://ada:S3CRET@[::1]:8020/a",
          "ftp://ada:8020S3C/RET@host/a",
        }) {
      for (Executable parse :
          new Executable[] {
            () -> Locations.ofArgument(uri), () -> Locations.relativeTo(FILE, uri)
          }) {
        String message = assertThrows(InvalidInputException.class, parse, uri).getMessage();
        assertTrue(message.contains("credentials"), message);
        assertFalse(message.contains("S3C"), message);
        assertFalse(message.contains("AK:"), message);
      }
    }
  }

  @Test
  void what_only_looks_like_credentials_is_taken() {
    for (String uri :
        new String[] {
          "s3a://bucket/a:b@c",
          "hdfs://host:8020/a",
          "hdfs://host:8020/users/ada@example.org/a",
          "hdfs://host:8020/a:b@c",
          "hdfs://[::1]:8020/a@b",
          "hdfs://host/a:b@c",
          "hdfs://ada@host:8020/a",
          "abfss://container@account.example.org/a",
          "file:/a/b:c@d",
        }) {
      assertEquals(URI.create(uri), Locations.ofArgument(uri));
    }
  }
}
