package encas.outputs.hadoop;

import encas.outputs.ImportListener;
import encas.outputs.ImportListener.Step;
import encas.outputs.ImportRequest;
import encas.outputs.npy.NpyReader;
import encas.pool.ModelCard;
import encas.storage.Locations;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One array {@code [models x samples x classes]}, read once from its start to its end; memory of
 * one Parquet row group.
 */
public final class NumpyArray extends NumpySource {
  private static final int MAX_MODELS = 1 << 20;

  private final NpyReader reader;
  private final int models;

  private NumpyArray(ImportRequest request, HadoopStore store, NpyReader reader, long[] shape) {
    super(request, store, shape[1], shape[2], Arrays.toString(shape));
    this.reader = reader;
    this.models = (int) Math.min(shape[0], MAX_MODELS);
    List<BigInteger> numbers = new ArrayList<>();
    numbers().forEach(number -> numbers.add(new BigInteger(number)));
    findGaps(numbers);
  }

  /**
   * Opens the array; labels must be of as many samples.
   *
   * @throws encas.failure.InvalidInputException if array or labels cannot be used
   */
  public static NumpyArray open(ImportRequest request, HadoopStore store) throws IOException {
    NpyReader reader = open(store, request.from(), "[models x samples x classes]", -1, -1, -1);
    try {
      return new NumpyArray(request, store, reader, reader.header().shape());
    } catch (RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  @Override
  List<String> numbers() {
    List<String> numbers = new ArrayList<>();
    for (int m = 0; m < models; m++) {
      numbers.add(Integer.toString(m));
    }
    return numbers;
  }

  @Override
  URI folder() {
    return Locations.relativeTo(request.from(), ".");
  }

  @Override
  public List<Staged> stage(List<ModelCard> cards, List<URI> targets, ImportListener listener)
      throws IOException {
    List<Staged> staged = new ArrayList<>();
    for (int m = 0; m < models; m++) {
      staged.add(
          NumpyRows.stage(
              reader, gaps(m), labels, labelsSha256, classes, request, store, targets.get(m)));
      listener.onModel(Step.READ, cards.get(m).id(), m + 1, models);
    }
    return staged;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
