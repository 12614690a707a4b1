package encas.inference;

import encas.inference.InferencePlan.Item;
import encas.outputs.Begun;
import java.util.Map;
import java.util.Set;

/**
 * What earlier runs have left of what is still to be computed.
 *
 * @param suspects models whose loading an earlier run did not survive
 * @param begun the sizes of those whose shards lie there, in part or all
 * @param rows what is published of those whose data alone has changed
 */
public record EarlierRuns(Set<Item> suspects, Map<Item, Begun> begun, Map<Item, EarlierRows> rows) {
  /** There were none. */
  public static final EarlierRuns NONE = new EarlierRuns(Set.of(), Map.of(), Map.of());
}
