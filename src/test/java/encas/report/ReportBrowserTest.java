package encas.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser, where there is one. */
class ReportBrowserTest {
  private static final Path CHECK = Path.of("src/test/browser/check-report.sh").toAbsolutePath();

  @TempDir Path folder;

  @BeforeAll
  static void a_browser_is_installed() {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(place -> Files.isExecutable(Path.of(place, "chromium"))),
        "no chromium on the PATH");
  }

  @Test
  void page_of_an_assessed_front_with_names_that_are_markup_draws_without_an_error_on_the_console()
      throws Exception {
    assertEquals(
        "", complaints(ReportPage.render(ExampleReports.named("</script><img src=x onerror=y>"))));
  }

  @Test
  void page_of_a_front_that_was_not_assessed_draws_without_an_error_on_the_console()
      throws Exception {
    assertEquals("", complaints(ReportPage.render(ExampleReports.searchedOnly())));
  }

  @Test
  void page_of_ensembles_with_two_costs_draws_without_an_error_on_the_console() throws Exception {
    assertEquals("", complaints(ReportPage.render(ExampleReports.ensembleOfTwoCosts())));
  }

  @Test
  void check_sees_a_script_that_the_policy_refuses() throws Exception {
    String page = ReportPage.render(ExampleReports.searchedOnly());
    assertNotEquals("", complaints(page + "<script>1</script>"));
  }

  @Test
  void check_sees_a_chart_that_stays_empty_although_no_script_fails() throws Exception {
    String page =
        ReportPage.render(ExampleReports.searchedOnly())
            .replaceFirst("<meta http-equiv=[^>]*>", "")
            .replace("chart.setOption(", "void (");
    assertTrue(complaints(page).contains("a chart is not drawn"));
  }

  /** Enough for a chart to be drawn by and by, which would never end without a clock. */
  @Test
  void page_of_thousands_of_cascades_is_drawn_at_once() throws Exception {
    assertEquals("", complaints(ReportPage.render(ExampleReports.assessed(5000))));
  }

  private String complaints(String page) throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("report.html"), page);
    Process process =
        new ProcessBuilder("bash", CHECK.toString(), file.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return process.waitFor() == 0 ? "" : output + " ";
  }
}
