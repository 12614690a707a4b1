package encas.dataset;

import encas.config.DataSpec;
import encas.config.DataSpec.Format;
import encas.config.DataSpec.Rows;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** The ways to store pictures that the contract holds for; each writes the same 32 x 32 x 3. */
public enum StoredPictures {
  IDX(Format.IDX, 10),
  IDX_GZIPPED(Format.IDX, 10),
  CIFAR10(Format.CIFAR10, 10),
  CIFAR100(Format.CIFAR100, 100),
  IMAGE_FOLDER(Format.IMAGE_FOLDER, 10),
  IMAGE_FOLDER_WITH_CLASSES(Format.IMAGE_FOLDER, 10),
  PARQUET_WITH_LABELS(Format.PARQUET, 10),
  PARQUET_OF_FILES(Format.PARQUET, 10),
  PARQUET_OF_PIXELS(Format.PARQUET, 10);

  static final int SIDE = 32;

  final Format format;
  final int classes;

  StoredPictures(Format format, int classes) {
    this.format = format;
    this.classes = classes;
  }

  /** A picture of noise and its label. */
  public record Picture(int label, byte[] pixels) {}

  /** Two of each of ten classes, by class, as a folder has them. */
  static List<Picture> pictures() {
    Random random = new Random(99);
    List<Picture> pictures = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      byte[] pixels = new byte[3 * SIDE * SIDE];
      random.nextBytes(pixels);
      pictures.add(new Picture(i / 2, pixels));
    }
    return pictures;
  }

  /** Whether a picture's label is a number of its own. */
  boolean numbersLabels() {
    return this != IMAGE_FOLDER && this != IMAGE_FOLDER_WITH_CLASSES && this != PARQUET_OF_FILES;
  }

  public DataSpec write(Path folder, List<Picture> pictures, Rows rows) throws IOException {
    Files.createDirectories(folder);
    return switch (this) {
      case IDX, IDX_GZIPPED -> writeIdx(folder, pictures, rows);
      case CIFAR10, CIFAR100 -> writeCifar(folder, pictures, rows);
      case IMAGE_FOLDER, IMAGE_FOLDER_WITH_CLASSES -> writeFolder(folder, pictures, rows);
      default -> writeParquet(folder, pictures, rows);
    };
  }

  private DataSpec writeIdx(Path folder, List<Picture> pictures, Rows rows) throws IOException {
    ByteBuffer pixels = ByteBuffer.allocate(pictures.size() * 3 * SIDE * SIDE);
    ByteBuffer classes = ByteBuffer.allocate(pictures.size());
    for (Picture picture : pictures) {
      pixels.put(picture.pixels());
      classes.put((byte) picture.label());
    }
    byte[] images = IdxFiles.of(pixels.array(), pictures.size(), SIDE, SIDE, 3);
    byte[] labels = IdxFiles.of(classes.array(), pictures.size());
    boolean gzip = this == IDX_GZIPPED;
    Path imageFile = Files.write(folder.resolve("images"), stored(images, gzip));
    Path labelFile = Files.write(folder.resolve("labels"), stored(labels, gzip));
    return new DataSpec(format, imageFile.toUri(), labelFile.toUri(), null, null, rows);
  }

  static byte[] stored(byte[] content, boolean gzip) throws IOException {
    if (!gzip) {
      return content;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  private DataSpec writeCifar(Path folder, List<Picture> pictures, Rows rows) throws IOException {
    int files = this == CIFAR100 ? 1 : 3;
    int each = (pictures.size() + files - 1) / files;
    for (int file = 0; file < files; file++) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      for (Picture picture :
          pictures.subList(file * each, Math.min((file + 1) * each, pictures.size()))) {
        if (this == CIFAR100) {
          out.write(77);
        }
        out.write(picture.label());
        for (int c = 0; c < 3; c++) {
          for (int i = c; i < picture.pixels().length; i += 3) {
            out.write(picture.pixels()[i]);
          }
        }
      }
      // Batches 9, 10, 11: by number, not by name.
      String name = this == CIFAR100 ? "train.bin" : "data_batch_" + (9 + file) + ".bin";
      Files.write(folder.resolve(name), out.toByteArray());
    }
    Files.write(folder.resolve("readme.html"), new byte[5]);
    return new DataSpec(format, null, null, folder.toUri(), null, rows);
  }

  private static String className(int label) {
    return "class " + (char) ('a' + label);
  }

  private DataSpec writeFolder(Path folder, List<Picture> pictures, Rows rows) throws IOException {
    boolean named = this == IMAGE_FOLDER_WITH_CLASSES;
    Path classes = folder.resolve("_classes.txt");
    for (int i = 0; i < pictures.size(); i++) {
      int label = pictures.get(i).label();
      // With a list, the names sort the other way round.
      Path of = folder.resolve(className(named ? 9 - label : label));
      Files.createDirectories(of);
      Files.write(of.resolve(String.format("%02d%%.PNG", i)), png(pictures.get(i).pixels()));
      Files.write(of.resolve(".DS_Store"), new byte[3]);
    }
    if (named) {
      List<String> lines = new ArrayList<>();
      for (int label = 0; label < 10; label++) {
        lines.add(className(9 - label));
      }
      Files.write(classes, lines);
    }
    return new DataSpec(format, null, null, folder.toUri(), named ? classes.toUri() : null, rows);
  }

  public static byte[] png(byte[] pixels) throws IOException {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_3BYTE_BGR);
    for (int i = 0; i < SIDE * SIDE; i++) {
      for (int c = 0; c < 3; c++) {
        image.getRaster().setSample(i % SIDE, i / SIDE, c, pixels[3 * i + c] & 255);
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  private MessageType schema() {
    String columns =
        switch (this) {
          case PARQUET_OF_FILES ->
              "optional binary path (STRING); optional int64 modificationTime;"
                  + " optional int64 length; optional binary content;";
          case PARQUET_OF_PIXELS ->
              "optional int64 label; optional group image { optional binary origin (STRING);"
                  + " optional int32 height; optional int32 width; optional int32 nChannels;"
                  + " optional int32 mode; optional binary data; }";
          default -> "required int32 label; optional binary content;";
        };
    return MessageTypeParser.parseMessageType("message spark_schema { " + columns + " }");
  }

  private DataSpec writeParquet(Path folder, List<Picture> pictures, Rows rows) throws IOException {
    Files.deleteIfExists(folder.resolve("part-00000.snappy.parquet"));
    Files.deleteIfExists(folder.resolve("part-00001.snappy.parquet"));
    Files.write(folder.resolve("_SUCCESS"), new byte[0]);
    writePart(folder.resolve("part-00000.snappy.parquet"), pictures.subList(0, 13));
    writePart(folder.resolve("part-00001.snappy.parquet"), pictures.subList(13, 20));
    URI path = folder.toUri();
    return new DataSpec(format, null, null, path, null, rows);
  }

  private void writePart(Path file, List<Picture> pictures) throws IOException {
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withConf(new Configuration())
            .withType(schema())
            .withRowGroupSize(8_000L)
            .withMinRowCountForPageSizeCheck(1)
            .build()) {
      for (Picture picture : pictures) {
        writer.write(row(picture));
      }
    }
  }

  private Group row(Picture picture) throws IOException {
    SimpleGroup row = new SimpleGroup(schema());
    switch (this) {
      case PARQUET_OF_FILES -> {
        row.append("path", "hdfs://name:8020/data/" + className(picture.label()) + "/1.png");
        row.add("content", Binary.fromConstantByteArray(png(picture.pixels())));
      }
      case PARQUET_OF_PIXELS -> {
        row.append("label", (long) picture.label());
        byte[] blueFirst = picture.pixels().clone();
        for (int i = 0; i < blueFirst.length; i += 3) {
          blueFirst[i] = picture.pixels()[i + 2];
          blueFirst[i + 2] = picture.pixels()[i];
        }
        row.addGroup("image")
            .append("height", SIDE)
            .append("width", SIDE)
            .append("nChannels", 3)
            .append("mode", 16)
            .append("data", Binary.fromConstantByteArray(blueFirst));
      }
      default -> {
        row.append("label", picture.label());
        row.add("content", Binary.fromConstantByteArray(png(picture.pixels())));
      }
    }
    return row;
  }
}
