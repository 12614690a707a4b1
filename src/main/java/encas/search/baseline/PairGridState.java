package encas.search.baseline;

/**
 * Where an island's part of a pair grid stands.
 *
 * @param first gene of the first model of the next pair
 * @param second gene of its second model
 * @param evaluations cascades scored so far
 */
public record PairGridState(int first, int second, long evaluations) {

  /** Unordered pairs that an island is through with. */
  public long pairs(int models, int island, int islands) {
    long pairs = second - first - 1L;
    for (int a = island + 1; a < first; a += islands) {
      pairs += models - a;
    }
    return pairs;
  }
}
