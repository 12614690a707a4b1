package encas.evaluation;

/**
 * What became of each sample in a cascade.
 *
 * @param exitStage for each sample the 0-based stage at which it left; -1 for the empty cascade
 * @param right for each sample whether its answer was right
 */
public record SampleOutcomes(int[] exitStage, boolean[] right) {}
