package encas.outputs.spark;

import static encas.outputs.npy.NpyFiles.fixture;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.outputs.ImportRequest;
import encas.outputs.npy.NpyFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is not imported, and that nothing is written then. */
final class ImportRefusalTest extends ImportFixture {
  @Test
  void disagreementWithThePoolIsRefused() throws IOException {
    ImportRequest array = request(fixture("array.npy"), "labels-u1.npy");
    run(withCosts(array, "id,mflops\na,1\nb,2\nc,3\n"));
    Map<String, String> before = files();
    for (String[] wrong :
        new String[][] {
          {"id,mflops\na,1\nc,3\nb,2\n", "stands elsewhere in the order"},
          {"id,mflops\na,1\nb,2.5\nc,3\n", "model b costs {mflops=2.5}, in the pool {mflops=2.0}"},
          {"id,mflops\na,1\nB,2\nc,3\n", "differ in capitals only"},
          {"id,mflops\na,1\nb,2\nd,3\n", "model d is not in pool"},
          {"id,mflops\na,1\nb,2\n", "2 rows of costs for 3 models"},
          {"id,mflops\na,1\nb,\nc,3\n", "row 2: mflops of b is '', not a number"},
          {"id,mflops\na,1\nb,-2\nc,3\n", "row 2: mflops of b is '-2', not a number"},
          {"id,mflops\na,1\na,2\nc,3\n", "row 2: id a is there already"},
          {"id,mflops\na,1\n../b,2\nc,3\n", "row 2: '../b' is no id"},
          {"id,mflops\na,1\nb,2,7\nc,3\n", "row 2: 3 cells under 2 columns"},
          {"name,mflops\na,1\n", "its first line is name,mflops, not  id,mflops"},
          {"", "is empty"}
        }) {
      assertRefused(wrong[1], () -> run(withCosts(array, wrong[0])));
    }
    before.put("costs.csv", files().get("costs.csv"));
    assertEquals(before, files());
  }

  @Test
  void missingCostsAndLabelsAreRefused() {
    assertRefused(
        "the cost of model array-0 is not known; give --costs",
        () -> run(request(fixture("array.npy"), "labels-u1.npy")));
    ImportRequest plain = request(fixture("folder"), "labels-u1.npy");
    assertRefused(
        "--labels is missing",
        () ->
            run(
                new ImportRequest(
                    plain.from(),
                    null,
                    "search",
                    null,
                    null,
                    false,
                    null,
                    0.01,
                    false,
                    plain.pool(),
                    plain.outputs())));
    assertRefused("not [N]", () -> run(request(fixture("folder"), "f8.npy")));
    assertRefused(
        "split name 'a/b' cannot be a folder's", () -> run(with(plain, "a/b", null, false)));
    assertRefused("no such file", () -> run(request(folder.resolve("none").toUri(), "f8.npy")));
    assertEquals(Map.of(), files());
  }

  @Test
  void rowsThatAreNoDistributionAreRefusedWithFileRowAndValueAndNothingIsWritten()
      throws IOException {
    URI labels = NpyFiles.ints(folder.resolve("in/labels.npy"), 0, 1, 0);
    for (Object[] wrong :
        new Object[][] {
          {0.5f, 0.6f, "row 1: the probabilities sum to 1.1, off by more than 0.01"},
          {0.5f, 0.4f, "row 1: the probabilities sum to 0.9, off by more than 0.01"},
          {-0.1f, 1f, "row 1: probability of class 0 is -0.1"},
          {0f, 1.25f, "row 1: probability of class 1 is 1.25"},
          {Float.NaN, 1f, "row 1: probability of class 0 is NaN"}
        }) {
      float[] good = {0.25f, 0.75f, 1f, 0f, 0.5f, 0.5f};
      float[] bad = good.clone();
      bad[2] = (float) wrong[0];
      bad[3] = (float) wrong[1];
      for (int m = 0; m < 5; m++) {
        NpyFiles.floats(folder.resolve("in/models/" + m + ".npy.gz"), m == 3 ? bad : good, 3, 2);
      }
      ImportRequest request = request(folder.resolve("in/models").toUri(), labels);
      assertRefused(
          "in/models/3.npy.gz: " + wrong[2],
          () -> run(withCosts(request, "id,mflops\na,1\nb,1\nc,1\nd,1\ne,1\n")));
      assertTrue(
          files().keySet().stream().noneMatch(name -> name.startsWith("outputs")),
          files().toString());
      assertFalse(Files.exists(folder.resolve("pool.yaml")));
    }
  }

  @Test
  void filesThatDoNotFitTheFirstAreNamed() throws IOException {
    URI labels = NpyFiles.ints(folder.resolve("in/labels.npy"), 0, 1);
    NpyFiles.floats(folder.resolve("in/m/0.npy"), new float[] {1, 0, 0, 1}, 2, 2);
    NpyFiles.floats(folder.resolve("in/m/1.npy"), new float[] {1, 0, 0, 0, 1, 0}, 2, 3);
    ImportRequest request =
        withCosts(request(folder.resolve("in/m").toUri(), labels), "id,mflops\na,1\nb,1\n");
    assertRefused("in/m/1.npy: is of type <f4 and shape [2, 3], not", () -> run(request));
    NpyFiles.floats(folder.resolve("in/m/1.npy.gz"), new float[] {1, 0, 0, 1}, 2, 2);
    assertRefused("have the same number", () -> run(request));
    NpyFiles.ints(folder.resolve("in/labels.npy"), 0, 2);
    Files.delete(folder.resolve("in/m/1.npy"));
    assertRefused("in/labels.npy: row 1: label 2 is outside [-1, 1]", () -> run(request));
    NpyFiles.ints(folder.resolve("in/labels.npy"), 0, 1, 1);
    assertRefused("in/labels.npy: 3 labels for 2 rows", () -> run(request));
  }
}
