package encas.inference.spark;

import encas.pool.Classifier;
import encas.pool.ClassifierLoader;
import encas.pool.ClassifierLoader.Placement;
import encas.pool.ModelCard;
import encas.storage.Store;
import java.io.BufferedInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Serializable;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads a suspect model in a process of its own, whose end tells what it was: a crash of the
 * model's native code, or nothing of the kind. What else may be wrong with the model shows when it
 * is loaded for good.
 *
 * <p>Costs the start of a JVM, a second or two, and the model's memory a second time. What the
 * process needs goes through its standard input, so that no secret shows in its command line.
 */
record LoadTrial(
    ClassifierLoader loader, ModelCard card, int classes, Store store, Placement placement)
    implements Serializable {
  /** Exit codes of SIGHUP, SIGINT, SIGKILL and SIGTERM, which no fault of its own sends. */
  private static final Set<Integer> KILLED = Set.of(129, 130, 137, 143);

  private static final int BEGUN = '!';

  private static final Logger LOG = LoggerFactory.getLogger(LoadTrial.class);

  /** How a trial ended. */
  enum End {
    /** The model may be loaded here. */
    SURVIVED,
    CRASHED,
    /** From outside, by a person or by a system without memory. */
    KILLED,
    /** No process could be started. */
    NONE
  }

  /** A trial's end, and the exit code of its process. */
  record Outcome(End end, int exitCode) {}

  /**
   * Tries; the process ends with the waiting thread, at the latest.
   *
   * @throws InterruptedException if the task is told to end meanwhile
   */
  Outcome run() throws InterruptedException {
    Process process;
    try {
      process = new ProcessBuilder(command()).redirectError(Redirect.DISCARD).start();
    } catch (IOException e) {
      LOG.warn("no process could be started to try model {}", card.id(), e);
      return new Outcome(End.NONE, -1);
    }
    try {
      boolean begun = give(process) && hears(process);
      int code = process.waitFor();
      if (code == 0) {
        return new Outcome(End.SURVIVED, code);
      }
      return new Outcome(
          !begun ? End.NONE : KILLED.contains(code) ? End.KILLED : End.CRASHED, code);
    } finally {
      process.destroyForcibly();
    }
  }

  private boolean give(Process process) {
    try (ObjectOutputStream out = new ObjectOutputStream(process.getOutputStream())) {
      out.writeObject(this);
      return true;
    } catch (IOException e) {
      return false; // it ended before it had read all
    }
  }

  /** True if it came to the load. Leaves the thread free to be interrupted. */
  private static boolean hears(Process process) throws InterruptedException {
    boolean[] begun = new boolean[1];
    Thread reader =
        new Thread(
            () -> {
              try (InputStream in = process.getInputStream()) {
                begun[0] = in.read() == BEGUN;
                in.transferTo(OutputStream.nullOutputStream());
              } catch (IOException e) {
                return; // it has ended
              }
            });
    reader.setDaemon(true);
    reader.start();
    reader.join();
    return begun[0];
  }

  private static List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String argument : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      boolean own = argument.startsWith("-D") && !argument.matches("-D(spark|log4j|encas).*");
      if (own || argument.startsWith("--add-") || argument.startsWith("-Xmx")) {
        command.add(argument);
      }
    }
    command.add("-XX:ErrorFile=" + System.getProperty("java.io.tmpdir") + "/encas-load-%p.log");
    command.add("-cp");
    command.add(classPath());
    command.add(LoadTrial.class.getName());
    return command;
  }

  /** An executor's application lies in a loader of its own. */
  private static String classPath() {
    Set<String> places = new LinkedHashSet<>();
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    for (; loader != null; loader = loader.getParent()) {
      if (loader instanceof URLClassLoader own) {
        for (URL url : own.getURLs()) {
          places.add(new File(url.getPath()).getPath());
        }
      }
    }
    places.add(System.getProperty("java.class.path"));
    return String.join(File.pathSeparator, places);
  }

  /** The trial's process: what comes on standard input is loaded and closed. */
  public static void main(String[] args) throws Exception {
    PrintStream begun = System.out;
    System.setOut(System.err);
    ProcessHandle.current()
        .parent()
        .ifPresent(task -> task.onExit().thenRun(() -> Runtime.getRuntime().halt(1)));
    LoadTrial trial;
    try (ObjectInputStream in = new ObjectInputStream(new BufferedInputStream(System.in))) {
      trial = (LoadTrial) in.readObject();
    }
    begun.write(BEGUN);
    begun.flush();
    try (Classifier model =
        trial.loader.load(trial.card, trial.classes, trial.store, trial.placement)) {
      model.classes();
    } catch (RuntimeException | Error e) {
      System.exit(0); // no crash: it is told when the model is loaded for good
    }
    System.exit(0);
  }
}
