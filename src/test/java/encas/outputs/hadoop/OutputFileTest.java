package encas.outputs.hadoop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.failure.InvalidInputException;
import encas.outputs.OutputRow;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OutputFileTest {
  @TempDir private Path folder;

  @Test
  void rowsWrittenAreTheRowsRead() throws IOException {
    List<OutputRow> rows = Tables.rows(3, 500, 1);
    assertEquals(497, OutputFile.write(Tables.STORE, file("a"), rows.iterator()).rows());
    assertEquals(rows, read(file("a")));
  }

  @Test
  void theSameRowsGiveTheSameBytes() throws IOException {
    for (String name : List.of("a", "b")) {
      OutputFile.write(Tables.STORE, file(name), Tables.rows(0, 100, 1).iterator());
    }
    assertArrayEquals(
        Files.readAllBytes(Path.of(file("a"))), Files.readAllBytes(Path.of(file("b"))));
  }

  @Test
  void anEmptyShardIsAFileWithoutRows() throws IOException {
    OutputFile.write(Tables.STORE, file("a"), List.<OutputRow>of().iterator());
    assertEquals(List.of(), read(file("a")));
  }

  @Test
  void rowsOutOfOrderAreRefusedAndLeaveNoFile() throws IOException {
    List<OutputRow> rows = new ArrayList<>(Tables.rows(0, 3, 1));
    rows.add(rows.get(1));
    assertThrows(
        IllegalArgumentException.class,
        () -> OutputFile.write(Tables.STORE, file("a"), rows.iterator()));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(), files.toList());
    }
  }

  @Test
  void aFileCutOffAnywhereIsRefusedInOneLine() throws IOException {
    OutputFile.write(Tables.STORE, file("a"), Tables.rows(0, 50, 1).iterator());
    byte[] whole = Files.readAllBytes(Path.of(file("a")));
    for (int length = 0; length < whole.length; length += 1 + length / 3) {
      Files.write(Path.of(file("cut")), Arrays.copyOf(whole, length));
      assertRefused(file("cut"), "is damaged");
    }
  }

  @Test
  void aFlippedBitInThePagesIsSeen() throws IOException {
    OutputFile.write(Tables.STORE, file("a"), Tables.rows(0, 50, 1).iterator());
    byte[] bytes = Files.readAllBytes(Path.of(file("a")));
    for (int at = 60; at < 600; at += 60) {
      byte[] flipped = bytes.clone();
      flipped[at] ^= 4;
      Files.write(Path.of(file("flipped")), flipped);
      assertRefused(file("flipped"), "is damaged");
    }
  }

  @Test
  void aMissingFileIsNamed() {
    assertRefused(file("none"), "is missing");
  }

  private void assertRefused(URI file, String message) {
    InvalidInputException e = assertThrows(InvalidInputException.class, () -> read(file));
    assertTrue(e.getMessage().startsWith("outputs file " + file + " " + message), e.getMessage());
    assertEquals(1, e.getMessage().lines().count(), e.getMessage());
    assertFalse(e.getMessage().contains(": null"), e.getMessage());
  }

  private URI file(String name) {
    return folder.resolve(name + ".parquet").toUri();
  }

  static List<OutputRow> read(URI file) throws IOException {
    List<OutputRow> rows = new ArrayList<>();
    try (OutputReader reader = OutputFile.read(Tables.STORE, file)) {
      for (OutputRow row = reader.next(); row != null; row = reader.next()) {
        rows.add(row);
      }
    }
    return rows;
  }
}
