package encas.front;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.failure.InvalidInputException;
import encas.storage.hadoop.HadoopStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunHistoryTest {
  private static final String HEADER = "epoch,evaluations,hypervolume,front-size,seconds\n";
  private final HadoopStore store = new HadoopStore(new Configuration());
  @TempDir Path folder;

  @Test
  void history_is_written_a_row_an_epoch_and_reads_back() throws Exception {
    RunHistory history =
        new RunHistory(
            List.of(
                new RunHistory.Row(1, 2500, 0.5, 17, 1.25),
                new RunHistory.Row(2, 5000, 0.625, 23, 2.5)));
    assertEquals(HEADER + "1,2500,0.5,17,1.250\n2,5000,0.625,23,2.500\n", history.toCsv());
    FrontFile.publish(store, folder.toUri(), RunHistory.FILE, history.toCsv());
    assertEquals(history, RunHistory.read(store, folder.toUri()));
  }

  @Test
  void results_without_a_history_have_an_empty_one() {
    assertEquals(List.of(), RunHistory.read(store, folder.toUri()).rows());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "epoch;evaluations\n",
        HEADER + "1,2\n",
        HEADER + "1,2,3,4,5,6\n",
        HEADER + "a,2,3,4,5\n"
      })
  void history_that_a_hand_has_spoilt_is_one_line(String text) throws Exception {
    Files.writeString(folder.resolve(RunHistory.FILE), text);
    var thrown =
        assertThrows(InvalidInputException.class, () -> RunHistory.read(store, folder.toUri()));
    assertTrue(thrown.getMessage().contains("history.csv"), thrown.getMessage());
    assertEquals(1, thrown.getMessage().lines().count());
  }
}
