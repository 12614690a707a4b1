package encas.evaluation.tiered;

/**
 * How many samples were computed, not found in the cache.
 *
 * @param samples all of them
 * @param tier2 those that tier 1 did not decide
 * @param dense those that needed whole rows
 */
public record FillCounts(long samples, long tier2, long dense) {}
