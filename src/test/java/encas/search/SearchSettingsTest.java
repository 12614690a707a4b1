package encas.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import encas.config.RunFile;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchSettingsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      useHeadersInDisplayName = true,
      textBlock =
          """
          algorithm, variant                       | islands | singles | exchanges | short epochs
          algorithm: mo-gomea                      | 8       | true    | true      | true
          algorithm: mo-gomea, islands: 1          | 1       | true    | false     | false
          algorithm: mo-gomea, variant: published  | 1       | false   | false     | true
          algorithm: nsga-ii                       | 1       | false   | false     | false
          algorithm: random                        | 1       | false   | false     | false
          algorithm: greedy                        | 8       | false   | false     | false
          algorithm: pair-grid                     | 8       | true    | false     | false
          """)
  void each_algorithm_and_variant_begins_and_exchanges_in_its_way(
      String search, int islands, boolean singles, boolean exchanges, boolean shortEpochs) {
    String yaml = "pool: p.yaml\noutputs: o\nresults: r\nsearch: {" + search + "}\n";
    SearchSettings settings =
        SearchSettings.of(RunFile.parse(URI.create("file:/run.yaml"), yaml, List.of()).search());
    assertEquals(islands, settings.islands(), "islands");
    assertEquals(singles, settings.beginsWithSingles(), "singles");
    assertEquals(exchanges, settings.exchanges(), "exchanges");
    assertEquals(shortEpochs, settings.beginsWithShortEpochs(), "short epochs");
  }
}
