package encas.synthetic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import encas.outputs.Labels;
import encas.outputs.Manifest;
import encas.outputs.SplitOutputs;
import encas.outputs.hadoop.OutputTable;
import encas.outputs.npy.NpyReader;
import encas.pool.ModelPool;
import encas.pool.PoolFile;
import encas.storage.Half;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WritePoolTest {
  private final HadoopStore store = new HadoopStore(new Configuration());

  @Test
  void tableAndRawArrayHoldThePoolsRowsAndAgreeWithThePoolFile(@TempDir Path folder)
      throws IOException {
    String[] arguments =
        "--models 5 --samples 70 --classes 13 --seed 9 --raw --table --split test --out"
            .concat(" " + folder)
            .split(" ");
    WritePool.main(arguments);

    SyntheticPool pool = SyntheticPool.of(5, 70, 13, 9L);
    SplitOutputs expected = pool.outputs();
    ModelPool poolFile = PoolFile.read(List.of(folder.resolve("pool.yaml").toUri()), store);
    assertEquals(13, poolFile.classes());
    assertEquals(pool.ids(), poolFile.models().stream().map(card -> card.id()).toList());
    assertEquals(pool.mflops()[3], poolFile.models().get(3).costs().get("mflops"));

    URI outputs = folder.resolve("outputs").toUri();
    OutputTable table = new OutputTable(outputs, store);
    SplitOutputs loaded = table.load("test", pool.ids(), 13);
    for (int model = 0; model < 5; model++) {
      assertArrayEquals(expected.rows(model), loaded.rows(model));
    }
    int[] labels = Labels.read(store, folder.resolve("labels.npy").toUri());
    assertArrayEquals(pool.labels(), labels);
    for (int sample = 0; sample < 70; sample++) {
      assertEquals(labels[sample], loaded.label(sample));
    }
    assertRawHolds(expected, folder.resolve("outputs.npy").toUri());

    Manifest before = table.manifest("test", pool.ids().get(0)).orElseThrow();
    WritePool.main(arguments);
    assertEquals(before, table.manifest("test", pool.ids().get(0)).orElseThrow());
  }

  private void assertRawHolds(SplitOutputs expected, URI file) throws IOException {
    try (NpyReader reader = NpyReader.open(store, file)) {
      assertArrayEquals(new long[] {5, 70, 13}, reader.header().shape());
      assertEquals("<f2", reader.header().dtype());
      float[] row = new float[13];
      for (int model = 0; model < 5; model++) {
        for (int sample = 0; sample < 70; sample++) {
          reader.read(row);
          for (int c = 0; c < 13; c++) {
            assertEquals(Half.toFloat(expected.half(model, sample, c)), row[c]);
          }
        }
      }
    }
  }

  @Test
  void wrongOptionsAreNamed(@TempDir Path folder) {
    assertThrows(
        IllegalArgumentException.class, () -> WritePool.main(new String[] {"--modles", "3"}));
    assertThrows(
        IllegalArgumentException.class,
        () -> WritePool.main(new String[] {"--models", "3", "--out", folder.toString()}));
  }
}
