package encas.moea;

/** A genotype with its objective values (minimised). The arrays are not to be written. */
public record Solution(int[] genotype, double[] objectives) {}
