package encas.outputs.hadoop;

import encas.outputs.ImportListener;
import encas.outputs.ImportListener.Step;
import encas.outputs.ImportRequest;
import encas.outputs.npy.NpyReader;
import encas.pool.ModelCard;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The published system's folder: {@code 0.npy.gz, 1.npy.gz ...} in numeric order, each {@code
 * [samples x classes]}. One model a thread; memory of one Parquet row group a thread.
 */
public final class NumpyFolder extends NumpySource {
  private final List<BigInteger> numbers;
  private final List<URI> files;

  private NumpyFolder(
      ImportRequest request, HadoopStore store, Map<BigInteger, URI> files, long[] shape) {
    super(request, store, shape[0], shape[1], Arrays.toString(shape));
    this.numbers = new ArrayList<>(files.keySet());
    this.files = new ArrayList<>(files.values());
    findGaps(numbers);
  }

  /** True if the folder holds such files. */
  public static boolean holds(URI folder, HadoopStore store) {
    return !NumberedFiles.in(folder, store).isEmpty();
  }

  /**
   * Looks at the first file; the others are held to its shape.
   *
   * @throws encas.failure.InvalidInputException if arrays or labels cannot be used
   */
  public static NumpyFolder open(ImportRequest request, HadoopStore store) throws IOException {
    Map<BigInteger, URI> files = NumberedFiles.in(request.from(), store);
    URI first = files.values().iterator().next();
    try (NpyReader reader = open(store, first, "[samples x classes]", -1, -1)) {
      return new NumpyFolder(request, store, files, reader.header().shape());
    }
  }

  @Override
  List<String> numbers() {
    return numbers.stream().map(BigInteger::toString).toList();
  }

  @Override
  URI folder() {
    return request.from();
  }

  @Override
  public List<Staged> stage(List<ModelCard> cards, List<URI> targets, ImportListener listener) {
    String expected = "[" + labels.length + " x " + classes + "] as the first";
    return ModelTasks.run(
        cards.size(),
        m -> {
          try (NpyReader reader = open(store, files.get(m), expected, labels.length, classes)) {
            return NumpyRows.stage(
                reader, gaps(m), labels, labelsSha256, classes, request, store, targets.get(m));
          }
        },
        (m, done) -> listener.onModel(Step.READ, cards.get(m).id(), done, cards.size()));
  }

  @Override
  public void close() {}
}
