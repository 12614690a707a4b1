package encas.evaluation;

import encas.cascade.Cascade;
import encas.cascade.CascadeEncoding;
import encas.outputs.SplitOutputs;
import encas.storage.Half;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Small seeded tables full of what is awkward: ties, equal rows, one class at 1.0, uniform rows.
 */
public final class RandomOutputs {
  private RandomOutputs() {}

  public static SplitOutputs table(SplittableRandom random, int models, int samples, int classes) {
    List<String> ids = new ArrayList<>();
    short[][] halves = new short[models][samples * classes];
    int[] labels = new int[samples];
    for (int n = 0; n < samples; n++) {
      labels[n] = random.nextInt(classes);
    }
    for (int m = 0; m < models; m++) {
      ids.add("model-" + m);
      for (int n = 0; n < samples; n++) {
        fillRow(random, halves, m, n, classes, labels[n]);
      }
    }
    return new SplitOutputs(ids, classes, labels, halves);
  }

  private static void fillRow(
      SplittableRandom random, short[][] halves, int m, int n, int classes, int label) {
    float[] row = new float[classes];
    switch (random.nextInt(8)) {
      case 0 -> row[random.nextInt(classes)] = 1f;
      case 1 -> Arrays.fill(row, 1f / classes);
      case 2 -> { // multiples of 0.02: averages that meet thresholds, and ties
        row[label] = random.nextInt(51) * 0.02f;
        row[(label + 1) % classes] = 1f - row[label];
      }
      case 3 -> {
        row[label] = 0.5f;
        row[random.nextInt(classes)] = 0.5f;
      }
      case 4 -> { // far down the list of classes, and near to what is listed
        row[label] = 0.3f;
        row[random.nextInt(classes)] += 0.3f;
        row[random.nextInt(classes)] += 0.2f;
        row[random.nextInt(classes)] += 0.2f;
      }
      case 5 -> { // nearly sure: between 1 and the threshold below it
        row[label] = 0.97f + random.nextInt(30) * 0.001f;
        row[random.nextInt(classes)] += 1f - row[label];
      }
      default -> {
        double steepness = 3 + 6 * random.nextDouble();
        float sum = 0;
        for (int c = 0; c < classes; c++) {
          row[c] = (float) StrictMath.exp(steepness * random.nextDouble() + (c == label ? 1.5 : 0));
          sum += row[c];
        }
        for (int c = 0; c < classes; c++) {
          row[c] /= sum;
        }
      }
    }
    if (m > 0 && random.nextInt(8) == 0) { // an equal row
      System.arraycopy(halves[m - 1], n * classes, halves[m], n * classes, classes);
      return;
    }
    for (int c = 0; c < classes; c++) {
      halves[m][n * classes + c] = Half.fromFloat(row[c]);
    }
  }

  public static Cascade cascade(SplittableRandom random, CascadeEncoding encoding) {
    int[] genotype = new int[encoding.genes()];
    for (int gene = 0; gene < genotype.length; gene++) {
      genotype[gene] = random.nextInt(encoding.values(gene));
    }
    return encoding.decode(genotype);
  }
}
