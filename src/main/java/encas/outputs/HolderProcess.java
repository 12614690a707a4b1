package encas.outputs;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Objects;

/**
 * A process somewhere, told apart from others that have had its number.
 *
 * @param host name of the machine or container; people give one name to many
 * @param boot what the kernel drew when it started, where it says so; null otherwise
 * @param namespace of the process numbers, where the system has such; null otherwise
 * @param pid its number there
 * @param started when it started: ticks since the kernel did, or ISO 8601, which is told anew by
 *     the clock each time; null if the system does not say
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record HolderProcess(
    @JsonProperty("host") String host,
    @JsonProperty("boot-id") String boot,
    @JsonProperty("pid-namespace") String namespace,
    @JsonProperty("pid") long pid,
    @JsonProperty("started") String started) {
  private static final String TICKS = " ticks after boot";

  /** Clocks are set by less. */
  private static final Duration CLOCK_STEP = Duration.ofMinutes(5);

  /** This one. */
  public static HolderProcess current(String host) {
    ProcessHandle self = ProcessHandle.current();
    return new HolderProcess(host, currentBoot(), currentNamespace(), self.pid(), startOf(self));
  }

  /**
   * True only if it ran where {@code here} runs, which is this process, and is no more; of other
   * machines and containers nothing is known.
   */
  public boolean isKnownDead(HolderProcess here) {
    if (!host.equals(here.host)
        || !Objects.equals(boot, here.boot)
        || !Objects.equals(namespace, here.namespace)) {
      return false;
    }
    return ProcessHandle.of(pid).map(this::isAnother).orElse(true);
  }

  private boolean isAnother(ProcessHandle process) {
    if (started == null) {
      return false;
    }
    if (started.endsWith(TICKS)) {
      String now = ticks(process);
      return now != null && !now.equals(started);
    }
    try {
      Instant then = Instant.parse(started);
      return process
          .info()
          .startInstant()
          .filter(now -> Duration.between(then, now).abs().compareTo(CLOCK_STEP) > 0)
          .isPresent();
    } catch (DateTimeParseException e) {
      return false; // not known: its lease ends by itself
    }
  }

  private static String startOf(ProcessHandle process) {
    String ticks = ticks(process);
    return ticks != null
        ? ticks
        : process.info().startInstant().map(Instant::toString).orElse(null);
  }

  /** By the kernel's own count, which no step of the clock changes; null where there is none. */
  private static String ticks(ProcessHandle process) {
    try {
      String stat =
          Files.readString(
              Path.of("/proc", Long.toString(process.pid()), "stat"), StandardCharsets.ISO_8859_1);
      // The second field, the name in brackets, may hold anything; this is the 22nd.
      return stat.substring(stat.lastIndexOf(')') + 2).split(" ")[19] + TICKS;
    } catch (IOException | IndexOutOfBoundsException e) {
      return null; // no Linux
    }
  }

  private static String currentBoot() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    } catch (IOException e) {
      return null; // no Linux
    }
  }

  private static String currentNamespace() {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
    } catch (IOException | UnsupportedOperationException e) {
      return null; // no Linux
    }
  }
}
