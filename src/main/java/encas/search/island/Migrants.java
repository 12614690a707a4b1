package encas.search.island;

import encas.moea.Solution;
import java.util.List;

/** Solutions on their way to islands. */
public record Migrants(List<Solution> solutions) {}
