package encas.evaluation.tiered;

import encas.cascade.Cascade;
import encas.evaluation.CascadeScore;
import java.util.ArrayList;
import java.util.List;

/**
 * Scores a cascade at every value of one threshold in one run. What a sample does after the swept
 * stage does not depend on the swept threshold, only whether it gets there does: its level there
 * must not be above. So the run lets everybody go on, counts what they do by their level at the
 * swept stage, and each value of the threshold is a sum over levels.
 */
final class ThresholdSweep {
  private final int samples;
  private final int[] reach;
  private final int position;
  private final int wrongBefore;
  private final LevelCounts swept;
  private final LevelHistogram levels;
  private final int[] wrongLater = new int[LevelHistogram.LEVELS];
  private final int[][] reached;

  /**
   * A sweep of the threshold after a stage.
   *
   * @param reach of the stages up to the swept one
   * @param position the swept stage
   * @param wrongBefore wrong answers of earlier stages
   * @param swept the samples that reach the swept stage
   * @param levels that it gives them
   */
  ThresholdSweep(
      int samples,
      int[] reach,
      int position,
      int wrongBefore,
      LevelCounts swept,
      LevelHistogram levels) {
    this.samples = samples;
    this.reach = reach;
    this.position = position;
    this.wrongBefore = wrongBefore;
    this.swept = swept;
    this.levels = levels;
    this.reached = new int[reach.length][LevelHistogram.LEVELS];
    reached[position + 1] = swept.samples().clone(); // which is shared
  }

  /** These go on to a stage after the next one. */
  void reached(int stage, LiveSamples live) {
    for (int i = 0; i < live.words(); i++) {
      levels.add(live.word(i), live.mask(i), reached[stage]);
    }
  }

  /** Of these, those above the threshold leave with the state's answer. */
  void left(LiveSamples live, ExitState state, int gene) {
    for (int i = 0; i < live.words(); i++) {
      int word = live.word(i);
      long leave = live.mask(i) & state.above(word, gene);
      levels.add(word, leave & ~state.right(word), wrongLater);
    }
  }

  /** These end with the state's answer. */
  void answered(LiveSamples live, ExitState state) {
    for (int i = 0; i < live.words(); i++) {
      levels.add(live.word(i), live.mask(i) & ~state.right(live.word(i)), wrongLater);
    }
  }

  /** Scores at the genes 0..50. */
  List<CascadeScore> scores() {
    List<CascadeScore> scores = new ArrayList<>();
    int wrong = wrongBefore;
    for (int count : swept.wrong()) {
      wrong += count;
    }
    int[] later = new int[reach.length];
    for (int gene = 0; gene <= Cascade.MAX_THRESHOLD_GENE; gene++) {
      // At this gene the samples of this level stay, as well as those of smaller levels.
      wrong += wrongLater[gene] - swept.wrong()[gene];
      int[] reachHere = reach.clone();
      for (int stage = position + 1; stage < reach.length; stage++) {
        later[stage] += reached[stage][gene];
        reachHere[stage] = later[stage];
      }
      scores.add(new CascadeScore(samples, wrong, reachHere));
    }
    return scores;
  }
}
