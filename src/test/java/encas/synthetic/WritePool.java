package encas.synthetic;

import encas.outputs.hadoop.ModelTasks;
import encas.outputs.hadoop.OutputTable;
import encas.pool.ModelCard;
import encas.pool.ModelPool;
import encas.pool.PoolFile;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/**
 * Writes a {@link SyntheticPool} to a folder, ready for {@code encas search --run DIR/run.yaml}.
 *
 * <pre>{@code
 * mvn -Pbench test-compile exec:exec -Dbench.main=encas.synthetic.WritePool \
 *   -Dbench.arguments="--models 64 --samples 5000 --classes 1000 --seed 1 --out DIR --raw --table"
 * }</pre>
 *
 * <p>{@code DIR/labels.npy, pool.yaml, costs.csv, run.yaml}; with {@code --raw} also {@code
 * outputs.npy}, {@code [models x samples x classes]} float16; with {@code --table} the output table
 * {@code DIR/outputs}. One model a core at a time; a table that was interrupted is continued.
 * Memory: one Parquet row group a core.
 */
public final class WritePool {
  private final Options options;
  private final SyntheticPool pool;

  private WritePool(Options options) {
    this.options = options;
    this.pool =
        SyntheticPool.of(options.models(), options.samples(), options.classes(), options.seed());
  }

  /** Writes what the options ask for; throws IllegalArgumentException for a wrong one. */
  public static void main(String[] arguments) throws IOException {
    new WritePool(Options.parse(arguments)).write();
  }

  private void write() throws IOException {
    Path out = options.out().toAbsolutePath();
    Files.createDirectories(out);
    RawArray.writeLabels(out.resolve("labels.npy"), pool.labels());
    URI poolFile = out.resolve("pool.yaml").toUri();
    Files.writeString(out.resolve("pool.yaml"), PoolFile.toYaml(modelPool(), poolFile));
    Files.writeString(out.resolve("costs.csv"), costs());
    Files.writeString(
        out.resolve("run.yaml"), "pool: pool.yaml\noutputs: outputs\nresults: results/first\n");
    if (options.raw()) {
      try (RawArray array = RawArray.create(out.resolve("outputs.npy"), "<f2", shape())) {
        run(
            "outputs.npy",
            model -> {
              array.writeModel(pool, model);
              return true;
            });
      }
    }
    if (options.table()) {
      OutputTable table =
          new OutputTable(out.resolve("outputs").toUri(), new HadoopStore(new Configuration()));
      TableWriter writer = new TableWriter(pool, options.seed(), table, options.split());
      run("outputs", writer::write);
    }
  }

  private String shape() {
    return "(" + pool.models() + ", " + pool.samples() + ", " + pool.classes() + ")";
  }

  /** For an import of the raw array, and for checks that read no YAML. */
  private String costs() {
    StringBuilder csv = new StringBuilder("id,mflops\n");
    double[] mflops = pool.mflops();
    for (int model = 0; model < mflops.length; model++) {
      csv.append(pool.ids().get(model)).append(',').append(mflops[model]).append('\n');
    }
    return csv.toString();
  }

  private ModelPool modelPool() {
    double[] mflops = pool.mflops();
    List<ModelCard> cards = new ArrayList<>();
    for (int model = 0; model < mflops.length; model++) {
      cards.add(
          new ModelCard(
              pool.ids().get(model),
              null,
              null,
              ModelCard.Engine.IMPORTED,
              null,
              null,
              ModelCard.OutputKind.PROBABILITIES,
              Map.of("mflops", mflops[model])));
    }
    return new ModelPool("synthetic", pool.classes(), null, cards);
  }

  private void run(String what, ModelTasks.Task<Boolean> task) {
    long start = System.nanoTime();
    double millions = 1e-6 * pool.samples() * pool.classes();
    ModelTasks.run(
        pool.models(),
        task,
        (model, done) -> {
          double seconds = (System.nanoTime() - start) * 1e-9;
          System.err.printf(
              "%s: %d of %d models, %.1f s, %.1f million numbers/s, %.0f s left%n",
              what,
              done,
              pool.models(),
              seconds,
              done * millions / seconds,
              seconds / done * (pool.models() - done));
        });
  }

  /** What to write, and where. */
  private record Options(
      int models,
      int samples,
      int classes,
      long seed,
      Path out,
      boolean raw,
      boolean table,
      String split) {

    static Options parse(String[] arguments) {
      Map<String, String> given = new HashMap<>();
      for (int i = 0; i < arguments.length; i++) {
        String name = arguments[i];
        switch (name) {
          case "--raw", "--table" -> given.put(name, "");
          case "--models", "--samples", "--classes", "--seed", "--out", "--split" -> {
            if (++i == arguments.length) {
              throw new IllegalArgumentException(name + " wants a value");
            }
            given.put(name, arguments[i]);
          }
          default -> throw new IllegalArgumentException("unknown option " + name);
        }
      }
      for (String name : List.of("--models", "--samples", "--classes", "--out")) {
        if (!given.containsKey(name)) {
          throw new IllegalArgumentException("give " + name);
        }
      }
      return new Options(
          Integer.parseInt(given.get("--models")),
          Integer.parseInt(given.get("--samples")),
          Integer.parseInt(given.get("--classes")),
          Long.parseLong(given.getOrDefault("--seed", "1")),
          Path.of(given.get("--out")),
          given.containsKey("--raw"),
          given.containsKey("--table"),
          given.getOrDefault("--split", "search"));
    }
  }
}
