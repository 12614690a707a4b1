package encas.moea.gomea;

import com.fasterxml.jackson.databind.JsonNode;
import encas.moea.Problem;

/**
 * Integer polynomials as a recorded run describes them ({@code lower}, {@code upperExclusive},
 * {@code fitness}), maximised there and so negated here. The same formula, term by term, stands in
 * {@code src/test/python/published_mo_gomea/fitness.py}.
 */
record PolynomialProblem(JsonNode run) implements Problem {
  @Override
  public int genes() {
    return run.get("lower").size();
  }

  @Override
  public int lower(int gene) {
    return run.get("lower").get(gene).intValue();
  }

  @Override
  public int upper(int gene) {
    return run.get("upperExclusive").get(gene).intValue();
  }

  @Override
  public int objectives() {
    return run.get("objectives").intValue();
  }

  @Override
  public double[] evaluate(int[] x) {
    double[] values = new double[objectives()];
    for (int j = 0; j < values.length; j++) {
      values[j] = -value(x, run.get("fitness").get(j));
    }
    return values;
  }

  private static double value(int[] x, JsonNode term) {
    long total = term.path("constant").longValue();
    long residue = 0;
    for (int i = 0; i < x.length; i++) {
      total += term.path("linear").path(i).longValue() * x[i];
      total += term.path("square").path(i).longValue() * x[i] * x[i];
      total += i > 0 && x[i] == x[i - 1] ? term.path("equal").longValue() : 0;
      residue += term.path("residue").path(i).longValue() * x[i];
    }
    if (term.has("modulus")) {
      total += Math.floorMod(residue, term.get("modulus").longValue());
    }
    return total * term.path("scale").asDouble(1.0);
  }
}
