package encas.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.cli.Launcher.Ended;
import encas.storage.hadoop.S3Faults;
import encas.storage.hadoop.S3Faults.Fault;
import encas.storage.hadoop.S3Server;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole job with run file, pool, models, pictures, outputs and results on s3a. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ObjectStoreIT {
  private static final String KEY = "AKFORTHETESTALONE";
  private static final String SECRET = "s3cr3t+OfTheTest/Alone0123456789abcdefgh";

  @TempDir private Path folder;
  private Path local;
  private Path elsewhere;

  @BeforeEach
  void make() throws IOException {
    local = Files.createDirectories(folder.resolve("local"));
    elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    new WideRun(local).write();
  }

  private static String[] with(S3Server server, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--run", "s3a://" + S3Server.BUCKET + "/first/run.yaml"));
    server
        .settings()
        .forEach(
            (key, value) -> all.addAll(List.of("--conf", "spark.hadoop." + key + "=" + value)));
    // The least there is, so that the outputs here go up in parts.
    all.addAll(List.of("--conf", "spark.hadoop.fs.s3a.multipart.size=5M"));
    all.addAll(List.of("--conf", "spark.hadoop.fs.s3a.multipart.threshold=5M"));
    return all.toArray(String[]::new);
  }

  @Test
  void a_store_that_throttles_loses_connections_and_fails_parts_gives_the_front_of_the_local_run()
      throws Exception {
    S3Faults faults =
        new S3Faults(
            Map.of(Fault.SLOW_DOWN, 12, Fault.CUT, 25, Fault.CUT_BODY, 9, Fault.FAILED_PART, 3));
    try (S3Server server = new S3Server(KEY, SECRET, faults)) {
      server.upload(local, "first");
      Ended here = Launcher.run(local, "run", "--run", "run.yaml");
      assertEquals(0, here.exitCode(), here.err());
      Ended there = Launcher.run(elsewhere, with(server, "run"));
      assertEquals(0, there.exitCode(), there.err());
      Map<String, Integer> injected = new TreeMap<>();
      for (Fault fault : Fault.values()) {
        injected.put(fault.name(), faults.injected(fault));
        assertTrue(faults.injected(fault) > 0, "no " + fault + ": " + injected);
      }
      System.out.println("faults injected: " + injected);
      for (String file : List.of("front.json", "assessment.json")) {
        assertArrayEquals(
            Files.readAllBytes(local.resolve("results/" + file)),
            server.get("first/results/" + file),
            file);
      }
      assertEquals(List.of(), files(server, "first/outputs/_parts/"), "parts are left");
      assertTrue(server.get("first/results/report.html").length > 100_000);
      try (Stream<Path> written = Files.walk(elsewhere)) {
        assertEquals(List.of(elsewhere), written.toList(), "written beside the store");
      }

      Ended again = Launcher.run(elsewhere, with(server, "run"));
      assertEquals(0, again.exitCode(), again.err());
      assertTrue(again.err().contains("no inference runs"), again.err());
    }
  }

  private static List<String> files(S3Server server, String prefix) throws IOException {
    return server.objects().keySet().stream()
        .filter(name -> name.startsWith(prefix) && !name.endsWith("/")) // empty folders
        .toList();
  }

  @Test
  void a_secret_is_in_nothing_that_is_printed_logged_or_stored() throws Exception {
    try (S3Server server = new S3Server(KEY, SECRET, S3Faults.none())) {
      server.upload(local, "first");
      assertKeptSecret(server, SECRET, 0, with(server, "run", "--verbose"));
      // By the environment, as the documentation advises.
      String[] withoutKeys =
          Stream.of(with(server, "search", "--json", "--verbose"))
              .map(word -> word.replaceFirst(".*(access.key|secret.key|provider)=.*", "a=b"))
              .toArray(String[]::new);
      assertKeptSecret(
          server,
          SECRET,
          0,
          Map.of("AWS_ACCESS_KEY_ID", KEY, "AWS_SECRET_ACCESS_KEY", SECRET),
          withoutKeys);
      assertKeptSecret(server, SECRET, 2, withoutKeys);
    }
    // A store that knows the key by another secret refuses all.
    try (S3Server server = new S3Server(KEY, "another", S3Faults.none())) {
      String[] wrong = with(server, "run", "--verbose");
      for (int i = 0; i < wrong.length; i++) {
        wrong[i] = wrong[i].replace("secret.key=another", "secret.key=" + SECRET);
      }
      Ended refused = assertKeptSecret(server, SECRET, 2, wrong);
      assertTrue(refused.lastError().contains("cannot read the run file"), refused.err());
    }
  }

  @Test
  void credentials_in_a_uri_are_refused_in_one_line_that_does_not_repeat_them() throws Exception {
    try (S3Server server = new S3Server(KEY, SECRET, S3Faults.none())) {
      server.upload(local, "first");
      for (String secret : List.of("plain0123456789", "a/slash+0123456789", "%2Fcoded0123456789")) {
        String place = "s3a://" + KEY + ":" + secret + "@bucket/first/outputs";
        for (String[] arguments :
            new String[][] {
              with(server, "run", "--set", "outputs=" + place), {"run", "--run", place}
            }) {
          Ended refused = assertKeptSecret(server, secret, 2, arguments);
          // The AWS SDK's own, shaded copy of SLF4J says that it logs nothing.
          List<String> lines = refused.err().lines().filter(l -> !l.startsWith("SLF4J")).toList();
          assertEquals(1, lines.size(), refused.err());
          assertTrue(refused.err().contains("credentials"), refused.err());
        }
      }
    }
  }

  /** Runs, and looks for the secret in every byte that came of it. */
  private Ended assertKeptSecret(S3Server server, String secret, int exit, String... arguments)
      throws Exception {
    return assertKeptSecret(server, secret, exit, Map.of(), arguments);
  }

  private Ended assertKeptSecret(
      S3Server server,
      String secret,
      int exit,
      Map<String, String> environment,
      String... arguments)
      throws Exception {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process process = Launcher.start(elsewhere, out, err, environment, arguments);
    assertTrue(process.waitFor(4, TimeUnit.MINUTES));
    Ended ended = new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    assertEquals(exit, ended.exitCode(), ended.err());
    assertFalse(ended.out().contains(secret), "on standard output");
    assertFalse(ended.err().contains(secret), "on standard error");
    List<Path> files = new ArrayList<>();
    try (Stream<Path> written = Files.walk(elsewhere);
        Stream<Path> logs = Files.list(Launcher.project().resolve("target/logs"))) {
      logs.filter(log -> log.toString().endsWith("-" + process.pid() + ".log")).forEach(files::add);
      // A refused argument is refused before anything can be logged.
      assertTrue(!files.isEmpty() || ended.err().contains("credentials"), "no log to look at");
      written.filter(Files::isRegularFile).forEach(files::add);
    }
    for (Path file : files) {
      assertFalse(contains(Files.readAllBytes(file), secret), file.toString());
    }
    for (Map.Entry<String, byte[]> object : server.objects().entrySet()) {
      assertFalse(contains(object.getValue(), secret), object.getKey());
    }
    return ended;
  }

  private static boolean contains(byte[] bytes, String text) {
    return new String(bytes, StandardCharsets.ISO_8859_1).contains(text);
  }
}
