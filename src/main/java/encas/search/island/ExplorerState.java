package encas.search.island;

import encas.moea.gomea.MoGomeaState;
import encas.search.baseline.PairGridState;
import encas.search.baseline.RandomSearchState;

/** Where an explorer stands; two of the three are null. */
public record ExplorerState(
    MoGomeaState moGomea, RandomSearchState random, PairGridState pairGrid) {}
