package encas.search.archive;

import encas.search.archive.ArchiveState.LayerState;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The front and what it dominates, peeled like an onion: what a layer rejects or evicts is offered
 * to the next, unless it was beaten by a cascade of the same models; so the layers hold other
 * models rather than other thresholds. What the last one lets go is forgotten.
 */
final class Layers {
  private static final int LAYERS = 7;

  private final List<ParetoLayer> layers = new ArrayList<>();

  Layers(int axes) {
    for (int layer = 0; layer < LAYERS; layer++) {
      layers.add(new ParetoLayer(axes));
    }
  }

  /** The layers of a snapshot. */
  static Layers of(List<LayerState> states, int axes, Genotypes genotypes) {
    Layers restored = new Layers(axes);
    for (int layer = 0; layer < LAYERS; layer++) {
      restored.layers.get(layer).restore(states.get(layer), genotypes);
    }
    return restored;
  }

  ParetoLayer front() {
    return layers.get(0);
  }

  void offer(Member member) {
    offer(member, 0);
  }

  private void offer(Member member, int at) {
    if (at < LAYERS) {
      layers.get(at).offer(member, sinking -> offer(sinking, at + 1));
    }
  }

  /** The front or a layer below it, each step down with probability 1/3. */
  ParetoLayer descend(RandomGenerator random) {
    int at = 0;
    for (int step = 1; step < LAYERS; step++) {
      if (random.nextInt(3) == 0) {
        at = nextBelow(at);
      }
    }
    return layers.get(at);
  }

  private int nextBelow(int at) {
    for (int below = at + 1; below < LAYERS; below++) {
      if (!layers.get(below).isEmpty()) {
        return below;
      }
    }
    return at;
  }

  List<LayerState> state() {
    return layers.stream().map(ParetoLayer::state).toList();
  }

  void allAreNewsAgain() {
    layers.forEach(layer -> layer.by(0).forEach(Member::isNewsAgain));
  }
}
