package encas.pool;

import encas.failure.InvalidInputException;
import encas.storage.Locations;
import encas.storage.Store;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The YAML file that names a pool's models.
 *
 * <pre>{@code
 * ModelPool pool = PoolFile.read(List.of(Locations.ofArgument("pool.yaml")), store);
 * }</pre>
 *
 * <p>Several files are joined in the order given; they must agree in their classes, and no id may
 * come twice, not even with other capitals (file systems exist that cannot tell them apart). Every
 * mistake is an {@link InvalidInputException} that names file, line, column, model and key.
 */
public final class PoolFile {
  private static final List<String> KEYS =
      List.of("name", "classes", "class-names", "device", "models");
  private static final int MAX_CLASSES = 1 << 20;

  private PoolFile() {}

  /**
   * Reads and joins pool files.
   *
   * @param files absolute URIs, at least one
   */
  public static ModelPool read(List<URI> files, Store store) {
    if (files.isEmpty()) {
      throw new InvalidInputException("pool: names no file; name at least one pool file");
    }
    ModelPool joined = null;
    Map<String, String> seen = new HashMap<>();
    for (URI file : files) {
      ModelPool pool = readOne(file, store);
      for (ModelCard model : pool.models()) {
        String before = seen.put(model.id().toLowerCase(Locale.ROOT), model.id() + " of " + file);
        if (before != null) {
          throw new InvalidInputException(
              file
                  + ": model "
                  + model.id()
                  + ": its id is taken by "
                  + before
                  + " (capitals do not count); rename one");
        }
      }
      joined = joined == null ? pool : join(joined, pool, file);
    }
    return joined;
  }

  private static ModelPool join(ModelPool first, ModelPool next, URI file) {
    if (first.classes() != next.classes()) {
      throw new InvalidInputException(
          file
              + ": classes: "
              + next.classes()
              + ", but the pool files before it have "
              + first.classes()
              + "; only models of the same classes make a cascade");
    }
    if (first.classNames() != null
        && next.classNames() != null
        && !first.classNames().equals(next.classNames())) {
      throw new InvalidInputException(
          file
              + ": class-names: "
              + next.classNames()
              + ", but the pool files before it have "
              + first.classNames()
              + "; name the same file, or none");
    }
    List<ModelCard> models = new ArrayList<>(first.models());
    models.addAll(next.models());
    return new ModelPool(
        first.name(),
        first.classes(),
        first.classNames() == null ? next.classNames() : first.classNames(),
        List.copyOf(models));
  }

  private static ModelPool readOne(URI file, Store store) {
    YamlNode root;
    try {
      Optional<Store.Entry> entry = store.find(file);
      if (entry.isPresent() && entry.get().length() > YamlReader.MAX_BYTES) {
        throw new InvalidInputException(
            file
                + ": "
                + entry.get().length()
                + " bytes are too many for a pool file; check the path");
      }
      root = YamlReader.read(file, store.read(file));
    } catch (IOException e) {
      throw InvalidInputException.unreadable("the pool file", file, e);
    }
    root.only(KEYS);
    int classes = root.require("classes").integer(2, MAX_CLASSES);
    YamlNode classNames = root.get("class-names");
    List<ModelCard> models = new ArrayList<>();
    for (YamlNode model : root.require("models").items()) {
      models.add(ModelYaml.read(model, file));
    }
    if (models.isEmpty()) {
      throw root.require("models").wrong("names no model", "add one");
    }
    return new ModelPool(
        root.require("name").text(),
        classes,
        classNames == null ? null : Locations.relativeTo(file, classNames.text()),
        List.copyOf(models));
  }

  /**
   * The pool as a pool file's text; {@link #read} gives an equal pool back.
   *
   * @param file where the text will lie: places below its folder are written relative to it
   */
  public static String toYaml(ModelPool pool, URI file) {
    return PoolYaml.write(pool, file, null);
  }

  /**
   * The same, of costs measured on a device, whose name is for people: reading passes it over.
   *
   * @param device its name
   */
  public static String toYaml(ModelPool pool, URI file, String device) {
    return PoolYaml.write(pool, file, device);
  }
}
