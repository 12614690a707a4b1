package encas.outputs.hadoop;

import encas.outputs.FileSummary;
import encas.outputs.ImportListener;
import encas.pool.ModelCard;
import encas.pool.ModelPool;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/** Outputs that somebody else computed, in whatever form; see its implementations. */
public interface ImportSource extends Closeable {

  /** Number of classes. */
  int classes();

  /**
   * The models in the source's order, with their costs.
   *
   * @param pool the pool that is there already, or null
   */
  List<ModelCard> cards(ModelPool pool);

  /**
   * Writes every model's rows to a file of the output table's schema.
   *
   * @param targets one file a model, in the source's order
   * @return what was written, in the same order
   * @throws encas.failure.InvalidInputException if a row is no distribution, or a file is damaged
   */
  List<Staged> stage(List<ModelCard> cards, List<URI> targets, ImportListener listener)
      throws IOException;

  /**
   * One model's rows, on their way.
   *
   * @param file what was written
   * @param sourceSha256 fingerprint of what they were made from, options included
   * @param labelsSha256 see {@link encas.outputs.Labels#sha256}
   */
  record Staged(FileSummary file, String sourceSha256, String labelsSha256) {
    /** Number of rows. */
    public long rows() {
      return file.rows();
    }
  }

  @Override
  void close() throws IOException;
}
