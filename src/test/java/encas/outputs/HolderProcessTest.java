package encas.outputs;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class HolderProcessTest {
  private static final long NOBODY = Long.MAX_VALUE;

  private final HolderProcess here = HolderProcess.current("node-3");

  private static HolderProcess gone(String host, String boot, String namespace) {
    return new HolderProcess(host, boot, namespace, NOBODY, null);
  }

  @Test
  void a_process_that_is_no_more_is_known_dead_where_it_ran() {
    assertTrue(gone("node-3", here.boot(), here.namespace()).isKnownDead(here));
    assertFalse(here.isKnownDead(here));
  }

  @Test
  void a_number_that_another_process_has_by_now_is_known_dead() {
    assertTrue(started("2020-01-01T00:00:00Z").isKnownDead(here));
    assertTrue(started("1 ticks after boot").isKnownDead(here));
  }

  @Test
  void a_process_whose_start_reads_otherwise_since_the_clock_was_set_is_not_dead() {
    Instant start = ProcessHandle.current().info().startInstant().orElseThrow();
    assertFalse(started(start.plusSeconds(100).toString()).isKnownDead(here));
    assertFalse(started(start.minusSeconds(100).toString()).isKnownDead(here));
    assertFalse(started("some time").isKnownDead(here));
    assertFalse(started(null).isKnownDead(here));
  }

  private HolderProcess started(String when) {
    return new HolderProcess("node-3", here.boot(), here.namespace(), here.pid(), when);
  }

  @Test
  void of_another_machine_or_container_of_the_same_name_nothing_is_known() {
    assertFalse(gone("node-3", "another boot", here.namespace()).isKnownDead(here));
    assertFalse(gone("node-3", here.boot(), "pid:[1]").isKnownDead(here));
    assertFalse(gone("node-4", here.boot(), here.namespace()).isKnownDead(here));
    assertFalse(gone("node-3", null, null).isKnownDead(gone("node-3", "boot", null)));
  }
}
