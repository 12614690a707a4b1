package encas.dataset.hadoop;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;

/**
 * Which columns of a Parquet file hold pictures and labels.
 *
 * @param content path of the column with encoded pictures, or null where {@code image} holds pixels
 * @param label true for a number in {@code label}, false for a class's name in {@code name}
 * @param name path of the column with the class's name, or the file's path in its class's folder;
 *     or null
 */
record PictureColumns(ArrayList<String> content, boolean label, ArrayList<String> name)
    implements Serializable {
  /** What Spark's {@code image} source writes of a picture. */
  static final List<String> PIXELS = List.of("height", "width", "nChannels", "data");

  /** The columns, or empty if there are no pictures and labels. */
  static Optional<PictureColumns> of(MessageType schema) {
    ArrayList<String> content = null;
    for (List<String> path :
        List.of(List.of("content"), List.of("image", "bytes"), List.of("image"))) {
      if (content == null && isBinary(schema, path)) {
        content = new ArrayList<>(path);
      }
    }
    if (content == null && !PIXELS.stream().allMatch(field -> has(schema, "image", field))) {
      return Optional.empty();
    }
    if (isInteger(schema, List.of("label"))) {
      return Optional.of(new PictureColumns(content, true, null));
    }
    for (List<String> path :
        List.of(
            List.of("label"),
            List.of("path"),
            List.of("image", "origin"),
            List.of("image", "path"))) {
      if (isBinary(schema, path)) {
        return Optional.of(new PictureColumns(content, false, new ArrayList<>(path)));
      }
    }
    return Optional.empty();
  }

  private static boolean has(MessageType schema, String... path) {
    return schema.containsPath(path);
  }

  private static boolean isBinary(MessageType schema, List<String> path) {
    return isType(schema, path, PrimitiveTypeName.BINARY);
  }

  private static boolean isInteger(MessageType schema, List<String> path) {
    return isType(schema, path, PrimitiveTypeName.INT32)
        || isType(schema, path, PrimitiveTypeName.INT64);
  }

  private static boolean isType(MessageType schema, List<String> path, PrimitiveTypeName name) {
    String[] names = path.toArray(String[]::new);
    return schema.containsPath(names)
        && !schema.getType(names).isRepetition(Repetition.REPEATED)
        && schema.getType(names).asPrimitiveType().getPrimitiveTypeName() == name;
  }

  /** The part of the schema that labels are read by. */
  MessageType labelSchema(MessageType schema) {
    return project(schema, label ? List.of(List.of("label")) : List.of(name));
  }

  /** The part of the schema that pictures are read by. */
  MessageType pictureSchema(MessageType schema) {
    return project(
        schema,
        content != null
            ? List.of(content)
            : PIXELS.stream().map(field -> List.of("image", field)).toList());
  }

  private static MessageType project(MessageType schema, List<? extends List<String>> paths) {
    List<Type> nested = new ArrayList<>();
    List<Type> fields = new ArrayList<>();
    for (List<String> path : paths) {
      Type type = schema.getType(path.toArray(String[]::new));
      (path.size() == 1 ? fields : nested).add(type);
    }
    if (!nested.isEmpty()) {
      GroupType outer = schema.getType(paths.get(0).get(0)).asGroupType();
      fields.add(outer.withNewFields(nested));
    }
    return new MessageType(schema.getName(), fields);
  }

  /** The field at a path, or null if it or what holds it is null. */
  static Field field(Group row, List<String> path) {
    Group group = row;
    for (String name : path.subList(0, path.size() - 1)) {
      if (group.getFieldRepetitionCount(name) == 0) {
        return null;
      }
      group = group.getGroup(name, 0);
    }
    String last = path.get(path.size() - 1);
    return group.getFieldRepetitionCount(last) == 0 ? null : new Field(group, last);
  }

  /** A value that is there. */
  record Field(Group group, String name) {
    byte[] bytes() {
      return group.getBinary(name, 0).getBytes();
    }

    String text() {
      return group.getBinary(name, 0).toStringUsingUTF8();
    }

    long integer() {
      return group.getType().getType(name).asPrimitiveType().getPrimitiveTypeName()
              == PrimitiveTypeName.INT64
          ? group.getLong(name, 0)
          : group.getInteger(name, 0);
    }
  }
}
