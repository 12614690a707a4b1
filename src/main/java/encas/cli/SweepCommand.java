package encas.cli;

import encas.failure.InvalidInputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Several algorithms with several seeds on one run file. */
@Command(
    name = "sweep",
    description =
        "Search with several algorithms and seeds as one Spark job; writes every front and"
            + " sweep.json. A run takes one core; time limits are CPU time.")
final class SweepCommand extends RunVerb {
  private static final int MOST_SEEDS = 10_000;

  @Option(
      names = "--algorithms",
      split = ",",
      converter = ContenderName.class,
      paramLabel = "NAME",
      defaultValue = "mo-gomea,published,nsga-ii,random",
      description =
          "mo-gomea (the default variant), published, nsga-ii, random, greedy, pair-grid; the first"
              + " is compared with each other one. Default: ${DEFAULT-VALUE}.")
  private List<Contender> algorithms;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "10",
      description = "Runs of each algorithm, from search.seed on. Default: ${DEFAULT-VALUE}.")
  private int seeds;

  /** Names as the run file writes them. */
  static final class ContenderName implements ITypeConverter<Contender> {
    @Override
    public Contender convert(String name) {
      for (Contender contender : Contender.values()) {
        if (contender.toString().equals(name)) {
          return contender;
        }
      }
      throw new TypeConversionException(
          "there is no algorithm " + name + "; there are " + List.of(Contender.values()));
    }
  }

  @Override
  void checkOptions() {
    if (seeds < 1 || seeds > MOST_SEEDS) {
      throw new InvalidInputException("--seeds " + seeds + ": use 1 to " + MOST_SEEDS);
    }
    if (algorithms.stream().distinct().count() < algorithms.size()) {
      throw new InvalidInputException("--algorithms " + algorithms + ": name each one once");
    }
  }

  @Override
  int execute(Run run, PrintWriter out) throws IOException {
    SweepSummary summary = new SweepStep(run, algorithms, seeds).execute();
    if (json()) {
      out.println(CommandJson.write(summary));
    } else {
      out.print(SweepTable.of(summary));
      out.println("sweep: " + run.file().results() + "/" + SweepStep.SUMMARY);
    }
    return Encas.DONE;
  }
}
