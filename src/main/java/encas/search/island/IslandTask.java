package encas.search.island;

/**
 * One island's work for one epoch.
 *
 * @param state where the island stands
 * @param epoch 0-based; with seed and island it gives the epoch's random draws
 * @param until evaluations of an island at which the epoch ends, unless its budget does before
 * @param migrants solutions found elsewhere, which arrive first, as {@link Migrants} in bytes:
 *     written once for all islands
 * @param deadline when to stop in any case, in milliseconds since 1970, or {@link #NO_DEADLINE};
 *     not what is left of it, which would begin anew for tasks that wait or are computed again, so
 *     the clocks of machines have to agree; runs with one are not repeatable
 */
public record IslandTask(IslandState state, int epoch, long until, byte[] migrants, long deadline) {

  /** No deadline. */
  public static final long NO_DEADLINE = Long.MAX_VALUE;

  /** The same with another deadline. */
  public IslandTask withDeadline(long other) {
    return new IslandTask(state, epoch, until, migrants, other);
  }

  /** The same epoch of another island. */
  public IslandTask withState(IslandState other) {
    return new IslandTask(other, epoch, until, migrants, deadline);
  }
}
