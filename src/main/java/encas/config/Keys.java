package encas.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** How names are written in files, and what to say of one that is not known. */
public final class Keys {
  private Keys() {}

  /** How a constant is written: MAX_PROBABILITY as max-probability. */
  public static String spelled(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The known name with the fewest edits to {@code name}; the first in order on a tie. */
  public static String nearest(String name, Collection<String> known) {
    var distance = LevenshteinDistance.getDefaultInstance();
    return known.stream()
        .min(Comparator.comparingInt(candidate -> distance.apply(name, candidate)))
        .orElseThrow(() -> new IllegalArgumentException("nothing is known instead of " + name));
  }
}
