package encas.search;

import java.time.Duration;

/** Hears how a search goes, once an epoch. */
@FunctionalInterface
public interface SearchListener {

  /**
   * An epoch has ended.
   *
   * @param budget evaluations in all; {@link Long#MAX_VALUE} where nothing limits them
   * @param elapsed since the search began, earlier sessions of a resumed one included
   */
  void epochEnded(
      int epoch,
      long evaluations,
      long budget,
      double hypervolume,
      int frontSize,
      Duration elapsed);
}
