package encas.outputs.hadoop;

import encas.failure.InvalidInputException;
import encas.outputs.ImportRequest;
import encas.outputs.ImportedModels;
import encas.outputs.Labels;
import encas.outputs.npy.NpyHeader;
import encas.outputs.npy.NpyReader;
import encas.pool.ModelCard;
import encas.pool.ModelPool;
import encas.storage.Locations;
import encas.storage.hadoop.HadoopStore;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What folders of arrays and one array have in common: labels, gaps, names. */
abstract class NumpySource implements ImportSource {
  private static final int MAX_CLASSES = 1 << 20;

  final HadoopStore store;
  final ImportRequest request;
  final int[] labels;
  final String labelsSha256;
  final int classes;
  private List<URI> gaps;

  NumpySource(ImportRequest request, HadoopStore store, long samples, long classes, String shape) {
    this.store = store;
    this.request = request;
    if (classes < 2 || classes > MAX_CLASSES) {
      throw new InvalidInputException(
          request.from()
              + ": shape "
              + shape
              + " has "
              + classes
              + " classes; 2 or more are needed");
    }
    if (request.labels() == null) {
      throw new InvalidInputException("--labels is missing; name the .npy file of the labels");
    }
    this.classes = (int) classes;
    labels = Labels.read(store, request.labels());
    if (labels.length != samples) {
      throw new InvalidInputException(
          request.labels()
              + ": "
              + labels.length
              + " labels for "
              + samples
              + " rows of outputs (shape "
              + shape
              + "); they must be of the same samples");
    }
    Labels.check(labels, this.classes, request.labels());
    labelsSha256 = Labels.sha256(labels);
  }

  /** The models' numbers, as in their ids. */
  abstract List<String> numbers();

  /** Folder where {@code info.json} may lie. */
  abstract URI folder();

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public List<ModelCard> cards(ModelPool pool) {
    String prefix = request.idPrefix() == null ? request.sourceName() : request.idPrefix();
    URI info = Locations.child(folder(), "info.json");
    return ImportedModels.numbered(numbers(), prefix, request.costs(), info, pool, store);
  }

  /** The file of a model's logit gaps, or null. */
  final URI gaps(int model) {
    return gaps == null ? null : gaps.get(model);
  }

  /**
   * Finds the files of logit gaps, if any were named.
   *
   * @param numbers the models' numbers in their files' names
   */
  final void findGaps(List<BigInteger> numbers) {
    if (request.logitGaps() == null) {
      return;
    }
    Map<BigInteger, URI> files = NumberedFiles.in(request.logitGaps(), store);
    gaps = new ArrayList<>();
    for (BigInteger number : numbers) {
      URI file = files.get(number);
      if (file == null) {
        throw new InvalidInputException(
            request.logitGaps() + ": no " + number + ".npy.gz, though the outputs have it");
      }
      gaps.add(file);
    }
  }

  /**
   * An array whose last dimensions must be these; -1 stands for any size.
   *
   * @throws InvalidInputException naming file and shape
   */
  static NpyReader open(HadoopStore store, URI file, String expected, long... sizes)
      throws IOException {
    NpyReader reader = NpyReader.open(store, file);
    NpyHeader header = reader.header();
    boolean fits = header.shape().length == sizes.length && header.type().isFloating();
    for (int d = 0; fits && d < sizes.length; d++) {
      fits = sizes[d] < 0 ? header.shape()[d] > 0 : header.shape()[d] == sizes[d];
    }
    if (!fits) {
      reader.close();
      throw new InvalidInputException(
          file
              + ": is of type "
              + header.dtype()
              + " and shape "
              + header.shapeText()
              + ", not float16 or float32 and "
              + expected);
    }
    return reader;
  }
}
