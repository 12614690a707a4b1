package encas.moea.gomea;

/** Hears what a {@link MoGomea} does, request by request; for traces and tests. */
public interface MoGomeaListener {

  /**
   * A fitness was asked for; called before the solution is offered to the archive.
   *
   * @param request number of this request, from 1
   * @param evaluation new evaluations so far, this one included
   * @param cached whether the values were known
   * @param extreme objective of the extreme cluster, -1 in an ordinary one and at initialisation
   * @param generator state of the published generator; 0 where draws are handed in
   * @param genotype not to be kept or written
   * @param values maximised; not to be kept or written
   */
  void requested(
      long request,
      long evaluation,
      boolean cached,
      int population,
      int extreme,
      long generator,
      int[] genotype,
      double[] values);

  /** A generation begins; {@code generation} 1 is the first after initialisation. */
  default void generationBegins(
      int population,
      long generation,
      long evaluations,
      int stretch,
      long generator,
      int archiveSize,
      boolean discretised) {}
}
