package encas.outputs;

import encas.storage.Locations;
import java.io.Serializable;
import java.net.URI;

/**
 * The shards of one (model, split) on their way into the table. Names and rows depend only on the
 * fingerprint and on how the work is cut, so a task that runs twice writes the same file twice.
 *
 * @param split name of the split
 * @param model id
 * @param key 16 hexadecimal digits that stand for all that names and rows depend on; the first 8
 *     for the fingerprint alone
 * @param folder {@code OUTPUTS/_parts/split=S/model=ID/KEY}
 * @param target {@code OUTPUTS/split=S/model=ID}
 */
public record Parts(String split, String model, String key, URI folder, URI target)
    implements Serializable {
  private static final int HALF_KEY = 8;

  /**
   * The shards of a model on a split.
   *
   * @param how all else that names and rows depend on: shard size, batch size, device
   */
  public static Parts of(
      TableLayout layout, String split, String model, Fingerprint fingerprint, String how) {
    String start = keyStart(fingerprint);
    String key = start + Sha256.of(start + "\n" + how).substring(0, HALF_KEY);
    return new Parts(
        split,
        model,
        key,
        Locations.child(layout.parts(split, model), key),
        layout.model(split, model));
  }

  /** How the keys of all work on this fingerprint start. */
  public static String keyStart(Fingerprint fingerprint) {
    return Sha256.of(
            fingerprint.modelSha256()
                + "\n"
                + fingerprint.preprocessSha256()
                + "\n"
                + fingerprint.dataSha256())
        .substring(0, HALF_KEY);
  }

  /** Where a task writes the rows of a shard (0-based). */
  public URI file(int shard) {
    return Locations.child(folder, fileName(shard));
  }

  /** The shard's name until it is published. */
  public String fileName(int shard) {
    return String.format("part-%05d.parquet", shard);
  }

  /** The shard's name once it is published: no other version of the rows has it. */
  public String publishedName(int shard) {
    return String.format("part-%05d-%s.parquet", shard, key.substring(HALF_KEY));
  }

  /** Where the shard lies once it is published. */
  public URI published(int shard) {
    return Locations.child(target, publishedName(shard));
  }
}
