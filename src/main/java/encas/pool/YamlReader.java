package encas.pool;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import encas.failure.InvalidInputException;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * Reads a YAML document to {@link YamlNode}s. Anchors, aliases and keys given twice are refused, so
 * a document cannot grow while it is read; size and depth are bounded.
 */
final class YamlReader {
  /** Longest document, in bytes: some 30,000 models. */
  static final int MAX_BYTES = 16 << 20;

  private static final int MAX_DEPTH = 16;

  private final URI file;
  private final YAMLParser parser;

  private YamlReader(URI file, YAMLParser parser) {
    this.file = file;
    this.parser = parser;
  }

  /** Reads the only document of a file. */
  static YamlNode read(URI file, byte[] content) throws IOException {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MAX_BYTES);
    options.setNestingDepthLimit(MAX_DEPTH);
    YAMLFactory factory = YAMLFactory.builder().loaderOptions(options).build();
    try (YAMLParser parser = factory.createParser(content)) {
      return new YamlReader(file, parser).document();
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(
          where(file, e.getLocation()) + ": not YAML: " + firstLine(e.getOriginalMessage()), e);
    }
  }

  private YamlNode document() throws IOException {
    if (parser.nextToken() == null) {
      throw new InvalidInputException(file + ": is empty; write a pool's name, classes and models");
    }
    YamlNode root = node(null, "");
    if (parser.nextToken() != null) {
      throw new InvalidInputException(
          file + ":" + parser.currentTokenLocation().getLineNr() + ": a second document; keep one");
    }
    return root;
  }

  private YamlNode node(YamlNode parent, String step) throws IOException {
    YamlNode node = new YamlNode(parent, where(file, parser.currentTokenLocation()), step);
    if (parser.isCurrentAlias() || parser.getObjectId() != null) {
      throw node.wrong("anchors and aliases (&, *) are not taken", "write the value out");
    }
    switch (parser.currentToken()) {
      case START_OBJECT -> {
        Map<String, YamlNode> fields = new LinkedHashMap<>();
        node.holds(fields);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String key = parser.currentName();
          parser.nextToken();
          YamlNode child = node(node, step.isEmpty() ? key : "." + key);
          if (fields.put(key, child) != null) {
            throw child.wrong("is given twice", "keep one");
          }
        }
      }
      case START_ARRAY -> {
        List<YamlNode> items = new ArrayList<>();
        node.holds(items);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          items.add(node(node, "[" + items.size() + "]"));
        }
      }
      case VALUE_NULL -> node.holds(null);
      default -> node.holds(parser.getText());
    }
    return node;
  }

  private static String where(URI file, JsonLocation location) {
    return location == null
        ? file.toString()
        : file + ":" + location.getLineNr() + ":" + location.getColumnNr();
  }

  private static String firstLine(String message) {
    return String.valueOf(message).lines().findFirst().orElse("");
  }
}
