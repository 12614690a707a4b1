package encas.search.baseline;

/**
 * Where an island's part of a pair grid stands.
 *
 * @param first gene of the first model of the next pair
 * @param second gene of its second model
 * @param evaluations cascades scored so far
 */
public record PairGridState(int first, int second, long evaluations) {}
