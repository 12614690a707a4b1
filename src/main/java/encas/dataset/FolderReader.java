package encas.dataset;

import encas.dataset.Opening.Range;
import encas.dataset.SampleIndex.Content;
import encas.storage.Store.Entry;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Opens a folder with one folder of PNG and JPEG files a class. Order: by label, then by file name.
 *
 * <p>Names that start with '.' or '_' are no part of the data, nor are files that are no pictures.
 * Cost: one listing a class; pictures are read where {@link FileNotes} asks for it.
 */
final class FolderReader {
  private static final Pattern PICTURE = Pattern.compile(".*\\.(png|jpe?g)");
  private static final Pattern OTHER_PICTURE =
      Pattern.compile(".*\\.(bmp|gif|pgm|ppm|tiff?|webp|jp2|heic|avif)");

  private final Opening opening;
  private final URI root;

  private FolderReader(Opening opening) {
    this.opening = opening;
    this.root = opening.spec().path();
  }

  static Dataset open(Opening opening) {
    return new FolderReader(opening).read();
  }

  private Dataset read() {
    if (!opening.find(root).directory()) {
      throw opening.wrong("path " + root + " is a file", "name the folder with one folder a class");
    }
    Map<String, Entry> folders = new LinkedHashMap<>();
    for (Entry entry : entries(root)) {
      if (entry.directory()) {
        folders.put(entry.name(), entry);
      }
    }
    if (folders.isEmpty()) {
      throw opening.wrong(root + " holds no folders", "name the folder with one folder a class");
    }
    List<String> classes = ClassNames.of(opening, folders.keySet(), root).names();
    List<List<Entry>> pictures = new ArrayList<>();
    long total = 0;
    for (String name : classes) {
      if (!folders.containsKey(name)) {
        throw opening.wrong(
            "class folder " + name + " is missing in " + root,
            "add it, or take its line out of " + opening.spec().classes());
      }
      pictures.add(pictures(folders.get(name)));
      total += pictures.get(pictures.size() - 1).size();
    }
    return split(classes, pictures, opening.range(total, root));
  }

  private Dataset split(List<String> classes, List<List<Entry>> pictures, Range range) {
    int[] labels = new int[range.count()];
    String[] names = new String[range.count()];
    List<Entry> entries = new ArrayList<>();
    SampleIndex.Builder listed = new SampleIndex.Builder();
    long row = 0;
    int kept = 0;
    for (int label = 0; label < classes.size(); label++) {
      for (Entry picture : pictures.get(label)) {
        if (range.contains(row++)) {
          labels[kept] = label;
          names[kept++] = picture.name();
          entries.add(picture);
          listed.add(sample(classes.get(label), picture, null));
        }
      }
    }
    SampleIndex files = listed.build();
    Content[] replaced = replaced(files, entries);
    ContentDigest digest = new ContentDigest().add("image-folder");
    SampleIndex.Builder index = new SampleIndex.Builder();
    for (int i = 0; i < labels.length; i++) {
      String name = classes.get(labels[i]);
      add(digest.add(labels[i]), name, entries.get(i), replaced[i]);
      index.add(sample(name, entries.get(i), replaced[i]));
    }
    return new LabelledSplit(
        new FolderSource(root, classes, labels, names),
        labels,
        digest.hex(),
        index.build(),
        opening.notes());
  }

  private Content[] replaced(SampleIndex files, List<Entry> entries) {
    try {
      return opening.notes().replaced(files, entries, opening.store());
    } catch (IOException e) {
      throw opening.unreadable(root, e);
    }
  }

  private static ContentDigest sample(String label, Entry picture, Content replaced) {
    return add(new ContentDigest().add("file"), label, picture, replaced);
  }

  private static ContentDigest add(
      ContentDigest digest, String label, Entry picture, Content replaced) {
    digest.add(label).add(picture.name()).add(picture.length());
    return replaced == null ? digest : digest.add(replaced.high()).add(replaced.low());
  }

  private List<Entry> pictures(Entry folder) {
    List<Entry> pictures = new ArrayList<>();
    for (Entry entry : entries(folder.uri())) {
      String name = entry.name().toLowerCase(Locale.ROOT);
      if (entry.directory()) {
        throw opening.wrong(
            entry.uri() + " is a folder in a class's folder", "move its pictures up");
      }
      if (OTHER_PICTURE.matcher(name).matches()) {
        throw opening.wrong(
            entry.uri() + " is neither PNG nor JPEG", "convert it, or take it out of the data");
      }
      if (PICTURE.matcher(name).matches()) {
        pictures.add(entry);
      }
    }
    if (pictures.isEmpty()) {
      throw opening.wrong(
          "class folder " + folder.uri() + " holds no PNG or JPEG",
          "add its pictures, or take it out of the data");
    }
    return pictures;
  }

  private List<Entry> entries(URI folder) {
    try {
      return opening.store().list(folder).stream()
          .filter(entry -> !entry.name().startsWith(".") && !entry.name().startsWith("_"))
          .toList();
    } catch (IOException e) {
      throw opening.unreadable(folder, e);
    }
  }
}
