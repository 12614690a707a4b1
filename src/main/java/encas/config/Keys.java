package encas.config;

import java.util.Collection;
import java.util.Comparator;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** What to say when a name is not one of the known ones. */
public final class Keys {
  private Keys() {}

  /** The known name with the fewest edits to {@code name}; the first in order on a tie. */
  public static String nearest(String name, Collection<String> known) {
    var distance = LevenshteinDistance.getDefaultInstance();
    return known.stream()
        .min(Comparator.comparingInt(candidate -> distance.apply(name, candidate)))
        .orElseThrow(() -> new IllegalArgumentException("nothing is known instead of " + name));
  }
}
