package encas.front;

/**
 * Hypervolume of a set of points, normalised to [0, 1].
 *
 * @param linear in the objectives as they are
 * @param log with costs on a logarithmic scale; null unless all costs are positive
 */
public record FrontVolume(double linear, Double log) {}
