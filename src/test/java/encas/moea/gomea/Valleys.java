package encas.moea.gomea;

import encas.moea.Problem;

/**
 * Each objective wants every gene near a value of its own, and neighbours to be equal: a wide front
 * and genes that belong together.
 */
record Valleys(int genes, int values, int objectives) implements Problem {
  @Override
  public int lower(int gene) {
    return 0;
  }

  @Override
  public int upper(int gene) {
    return values;
  }

  @Override
  public double[] evaluate(int[] x) {
    double[] f = new double[objectives];
    for (int j = 0; j < objectives; j++) {
      double wanted = (double) j * (values - 1) / (objectives - 1);
      for (int i = 0; i < genes; i++) {
        f[j] += (x[i] - wanted) * (x[i] - wanted) * (1 + 0.013 * i);
        f[j] += i % 2 == 1 && x[i] != x[i - 1] ? 5 : 0;
      }
    }
    return f;
  }
}
