package encas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.config.RunFile;
import encas.search.SearchProgress;
import encas.search.island.IslandState;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class SearchMonitorTest {
  private static final SearchProgress BEGUN =
      new SearchProgress(0, List.of(IslandState.initial(0, 100)), List.of(), List.of(), 0);

  private final StringWriter said = new StringWriter();
  private final SearchMonitor monitor =
      new SearchMonitor(
          new Progress(new PrintWriter(said, true)),
          RunFile.parse(
                  URI.create("file:/run.yaml"),
                  "pool: p.yaml\noutputs: o\nresults: r\nsearch: {seed: 5}\n",
                  List.of())
              .search(),
          100);

  @Test
  void it_says_that_a_search_has_begun() {
    monitor.saved(BEGUN);
    monitor.close();
    assertTrue(said.toString().startsWith("searching: seed 5, 1 island"), said::toString);
  }

  @Test
  void a_search_that_was_told_to_stop_before_it_began_says_nothing_more() {
    monitor.close();
    monitor.saved(BEGUN);
    assertEquals("", said.toString());
    assertSame(BEGUN, monitor.last());
  }
}
