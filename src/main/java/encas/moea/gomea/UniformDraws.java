package encas.moea.gomea;

import java.util.random.RandomGenerator;

/** Draws from a generator that is handed in; orderings are uniform (Fisher-Yates). */
public final class UniformDraws implements Draws {
  private final RandomGenerator generator;

  public UniformDraws(RandomGenerator generator) {
    this.generator = generator;
  }

  @Override
  public double real() {
    return generator.nextDouble();
  }

  @Override
  public int below(int bound) {
    return generator.nextInt(bound);
  }

  @Override
  public int[] ordering(int size) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int j = generator.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
