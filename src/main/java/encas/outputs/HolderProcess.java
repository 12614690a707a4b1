package encas.outputs;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A process somewhere, told apart from others that have had its number.
 *
 * @param host name of the machine or container; people give one name to many
 * @param boot what the kernel drew when it started, where it says so; null otherwise
 * @param namespace of the process numbers, where the system has such; null otherwise
 * @param pid its number there
 * @param started when it started; null if the system does not say
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record HolderProcess(
    @JsonProperty("host") String host,
    @JsonProperty("boot-id") String boot,
    @JsonProperty("pid-namespace") String namespace,
    @JsonProperty("pid") long pid,
    @JsonProperty("started") String started) {

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
    Optional<ProcessHandle> process = ProcessHandle.of(pid);
    return process.isEmpty() || (started != null && !started.equals(startOf(process.get())));
  }

  private static String startOf(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toString).orElse(null);
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
