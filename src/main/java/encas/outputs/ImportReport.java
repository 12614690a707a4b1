package encas.outputs;

import java.util.List;

/**
 * What an import did.
 *
 * @param split name of the split
 * @param samples rows of each model
 * @param classes number of classes
 * @param imported ids published for the first time on this split
 * @param replaced ids whose earlier outputs on this split were replaced
 * @param unchanged ids whose outputs were there already, identical
 * @param poolModels models added to the pool file; 0 if it was not touched
 */
public record ImportReport(
    String split,
    long samples,
    int classes,
    List<String> imported,
    List<String> replaced,
    List<String> unchanged,
    int poolModels) {

  /** True if everything was there already. */
  public boolean nothingToDo() {
    return imported.isEmpty() && replaced.isEmpty() && poolModels == 0;
  }
}
