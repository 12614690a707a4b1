package encas.search.island;

import encas.moea.gomea.MoGomeaState;
import encas.search.baseline.RandomSearchState;

/** Where an explorer stands; one of the two is null. */
public record ExplorerState(MoGomeaState moGomea, RandomSearchState random) {}
