package encas.outputs;

import encas.failure.InvalidInputException;
import encas.pool.ModelId;
import encas.storage.Locations;
import java.io.Serializable;
import java.net.URI;

/**
 * Where things lie in an output table.
 *
 * <pre>
 * OUTPUTS/_lock.json                                       who is writing, while somebody is
 * OUTPUTS/split=S/model=ID/part-00000-0a1b2c3d.parquet     published rows
 * OUTPUTS/split=S/model=ID/_manifest.json                  what is published
 * OUTPUTS/_parts/split=S/model=ID/KEY/part-00000.parquet   rows on their way
 * OUTPUTS/_parts/split=S/model=ID/START-sizes.json         how they are cut; START begins their KEY
 * OUTPUTS/_quarantine/split=S/model=ID.json                a model that failed
 * OUTPUTS/_attempts/split=S/model=ID/                      loads of a model that have not ended
 * OUTPUTS/_data/split=S/DATA-SHA256                        the samples of data that rows are of
 * OUTPUTS/_data/split=S/_files                             what its picture files' bytes were
 * OUTPUTS/_compact/split=S/                                the compact form that a search reads
 * </pre>
 *
 * @param root absolute URI of OUTPUTS
 */
public record TableLayout(URI root) implements Serializable {
  /** The manifest's name. */
  public static final String MANIFEST = "_manifest.json";

  /** Says who is writing to the table; see {@link Lease}. */
  public URI lock() {
    return Locations.child(root, "_lock.json");
  }

  public URI split(String split) {
    return Locations.child(root, "split=" + name("split", split));
  }

  public URI model(String split, String model) {
    return Locations.child(split(split), "model=" + name("model", model));
  }

  public URI manifest(String split, String model) {
    return Locations.child(model(split, model), MANIFEST);
  }

  /** All rows on their way, of every split and model. */
  private URI parts() {
    return Locations.child(root, "_parts");
  }

  public URI parts(String split) {
    return Locations.child(parts(), "split=" + name("split", split));
  }

  public URI parts(String split, String model) {
    return Locations.child(parts(split), "model=" + name("model", model));
  }

  /**
   * The sizes with which a model was begun on a split; see {@link Begun}.
   *
   * @param keyStart see {@link Parts#keyStart}
   */
  public URI begun(String split, String model, String keyStart) {
    return Locations.child(parts(split, model), keyStart + "-sizes.json");
  }

  public URI quarantine(String split) {
    return Locations.child(root, "_quarantine/split=" + name("split", split));
  }

  public URI quarantine(String split, String model) {
    return Locations.child(quarantine(split), "model=" + name("model", model) + ".json");
  }

  /** Attempts at loading a split's models that have not ended. */
  public URI attempts(String split) {
    return Locations.child(root, "_attempts/split=" + name("split", split));
  }

  /** Attempts at loading a model for a split that have not ended. */
  public URI attempts(String split, String model) {
    return Locations.child(attempts(split), "model=" + name("model", model));
  }

  /** What is known of the samples of each of a split's data that there are rows of. */
  public URI data(String split) {
    return Locations.child(root, "_data/split=" + name("split", split));
  }

  /** The compact form of a split, made from the published rows. */
  public URI compact(String split) {
    return Locations.child(root, "_compact/split=" + name("split", split));
  }

  /** The compact form of a split, made from rows at temperatures of their own. */
  public URI compactScaled(String split) {
    return Locations.child(root, "_compact/scaled/split=" + name("split", split));
  }

  /** Temperatures fitted to published rows. */
  public URI temperatures() {
    return Locations.child(root, "_compact/temperatures.json");
  }

  /** The name where it becomes part of a path: it must not lead anywhere else. */
  private static String name(String what, String name) {
    if (!ModelId.isValid(name)) {
      throw new InvalidInputException(
          what + " name '" + name + "' cannot be a folder's: take " + ModelId.RULE);
    }
    return name;
  }
}
