package encas.pool.djl;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import encas.failure.InvalidInputException;
import encas.pool.Classifier;
import encas.pool.ClassifierLoader;
import encas.pool.DeviceMemoryException;
import encas.pool.ModelCard;
import encas.pool.ModelFaultException;
import encas.pool.ModelFiles;
import encas.storage.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Loads ONNX and TorchScript models through the Deep Java Library.
 *
 * <p>Engine and device are always named: without a device DJL would take the CPU in silence. A
 * model is held to its card before it is handed out: checksum, shape of the input, batch axis,
 * number of classes.
 */
public final class DjlClassifierLoader implements ClassifierLoader {
  private static final long serialVersionUID = 1L;

  @Override
  public Classifier load(ModelCard card, int classes, Store store, Placement placement) {
    Path file = ModelFiles.fetch(card, store);
    Engines.prepare(placement.threads());
    String engine = Engines.nameOf(card);
    Device device = device(card, engine, placement);
    Model model = open(card, file, engine, device, placement);
    try {
      DjlClassifier classifier = new DjlClassifier(card, classes, model, device, placement);
      classifier.probe();
      return classifier;
    } catch (RuntimeException | Error e) {
      model.close();
      throw e;
    }
  }

  private static Device device(ModelCard card, String engine, Placement placement) {
    if (placement.device() == Placement.CPU) {
      return Device.cpu();
    }
    int gpus = Engine.getEngine(engine).getGpuCount();
    if (placement.device() >= gpus) {
      throw new InvalidInputException(
          "model "
              + card.id()
              + ": its task was given GPU "
              + placement.device()
              + ", but "
              + engine
              + " sees "
              + gpus
              + " on this machine; install the engine's CUDA natives there, or set devices: cpu");
    }
    return Device.gpu(placement.device());
  }

  private static Model open(
      ModelCard card, Path file, String engine, Device device, Placement placement) {
    Map<String, String> options = new LinkedHashMap<>();
    if (card.engine() == ModelCard.Engine.ONNXRUNTIME) {
      options.put("intraOpNumThreads", Integer.toString(placement.threads()));
      options.put("interOpNumThreads", "1");
    }
    Model model = Model.newInstance(card.id(), device, engine);
    try {
      model.load(file.getParent(), file.getFileName().toString(), options);
      return model;
    } catch (IOException | MalformedModelException | EngineException e) {
      model.close();
      if (EngineFaults.isOutOfMemory(e)) {
        throw new DeviceMemoryException(card.id(), e);
      }
      if (placement.device() != Placement.CPU && CudaFaults.isMissing(e)) {
        throw CudaFaults.refused(card, placement.device(), engine, e);
      }
      throw new ModelFaultException(
          card.id(), "cannot be loaded by " + engine + ": " + EngineFaults.reason(e), e);
    }
  }
}
