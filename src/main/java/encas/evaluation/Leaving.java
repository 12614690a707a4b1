package encas.evaluation;

/**
 * A model as the first stage of a cascade, at each threshold gene 0..50.
 *
 * @param staying for each gene the samples that go on to the second stage
 * @param wrong for each gene the samples that leave with a wrong answer
 */
public record Leaving(int[] staying, int[] wrong) {}
