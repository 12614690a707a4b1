package encas.moea.gomea;

/** Hears what a {@link MoGomea} does, request by request; for traces and tests. */
@FunctionalInterface
public interface MoGomeaListener {

  /**
   * A fitness was asked for.
   *
   * @param number of this request, from 1
   * @param evaluation new evaluations so far, this one included
   * @param cached whether the values were known
   * @param extreme objective of the extreme cluster, -1 in an ordinary one and at initialisation
   * @param generator state of the published generator; 0 where draws are handed in
   * @param genotype not to be kept or written
   * @param values maximised; not to be kept or written
   */
  record Request(
      long number,
      long evaluation,
      boolean cached,
      int population,
      int extreme,
      long generator,
      int[] genotype,
      double[] values) {}

  /**
   * A generation begins.
   *
   * @param generation 1 is the first after initialisation
   * @param evaluations new ones so far
   * @param stretch generations since the last one that found something new for the archive
   * @param generator state of the published generator; 0 where draws are handed in
   */
  record Beginning(
      int population,
      long generation,
      long evaluations,
      int stretch,
      long generator,
      int archiveSize,
      boolean discretised) {}

  /** Called before the solution is offered to the archive. */
  void requested(Request request);

  default void begins(Beginning generation) {}
}
