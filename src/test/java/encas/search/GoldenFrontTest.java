package encas.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.config.SearchSpec.Algorithm;
import encas.search.island.ThreadedIslands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What searches give today is what they gave when {@link Search#RULES} was last raised. Whoever
 * changes their results raises it, deletes the file of the rules before, and has this test write
 * the new one:
 *
 * <pre>{@code
 * mvn test -Dtest=GoldenFrontTest -Dgolden.write=true
 * }</pre>
 */
class GoldenFrontTest {
  private static final Path GOLDEN =
      Path.of("src/test/resources/golden/search/rules-" + Search.RULES + ".txt");

  @Test
  void fronts_are_those_of_these_rules() throws IOException {
    StringBuilder fronts = new StringBuilder();
    for (Algorithm algorithm :
        List.of(Algorithm.MO_GOMEA, Algorithm.NSGA_II, Algorithm.RANDOM, Algorithm.PAIR_GRID)) {
      fronts.append(front(algorithm));
    }
    if (Boolean.getBoolean("golden.write")) { // never over the front of rules that are in use
      Files.writeString(GOLDEN, fronts, StandardOpenOption.CREATE_NEW);
    }
    assertTrue(Files.exists(GOLDEN), () -> "no golden fronts of these rules: " + GOLDEN);
    assertEquals(
        Files.readString(GOLDEN),
        fronts.toString(),
        "results have changed: raise Search.RULES and write the golden fronts anew");
  }

  /** The algorithm, its way there, a line an epoch, and its front, a line a member. */
  private static String front(Algorithm algorithm) throws IOException {
    SearchSpace space = SearchTest.space(12, 80);
    boolean onePopulation = algorithm == Algorithm.NSGA_II || algorithm == Algorithm.RANDOM;
    long budget = algorithm == Algorithm.PAIR_GRID ? Long.MAX_VALUE : 6000;
    SearchSettings settings = SearchTest.settings(algorithm, onePopulation ? 1 : 3, budget);
    Clock clock = Clock.systemUTC();
    SearchProgress end =
        new Search(
                settings,
                space,
                SearchLimits.none(1000),
                SearchTest.REFERENCE,
                SearchCheckpoint.NONE,
                progress -> {},
                clock)
            .run(new ThreadedIslands(settings, space, clock));
    StringBuilder lines = new StringBuilder(algorithm + "\n");
    for (SearchProgress.EpochRow row : end.history()) {
      lines
          .append(row.evaluations() + " evaluations, " + row.frontSize() + " members, ")
          .append(row.hypervolume() + "\n");
    }
    for (ScoredCascade member : Search.front(end)) {
      lines
          .append(Arrays.toString(member.cascade().models()))
          .append(Arrays.toString(member.cascade().thresholds()))
          .append(Arrays.toString(member.objectives()))
          .append('\n');
    }
    return lines.toString();
  }
}
