package encas.outputs.npy;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The text of a head: <code>{'descr': '&lt;f2', 'fortran_order': False, 'shape': (3, 4), }</code>
 * and blanks. Takes that and nothing else.
 */
final class NpyHeaderText {
  /** So large that no file holds it, so small that bytes and products of it fit a long. */
  private static final long MAX_SIZE = 1L << 50;

  private final String text;
  private int at;

  NpyHeaderText(String text) {
    this.text = text;
  }

  NpyHeader parse() throws NpyFormatException {
    String descr = null;
    Boolean fortran = null;
    long[] shape = null;
    expect('{');
    while (peek() != '}') {
      String key = string();
      expect(':');
      switch (key) {
        case "descr" -> descr = descr();
        case "fortran_order" -> fortran = bool();
        case "shape" -> shape = tuple();
        default -> throw unreadable("key '" + key + "'");
      }
      if (peek() != '}') {
        expect(',');
      }
    }
    expect('}');
    if (!text.substring(at).isBlank() || descr == null || fortran == null || shape == null) {
      throw unreadable("descr, fortran_order and shape, each once, are expected");
    }
    NpyHeader.Type type = type(descr);
    if (fortran) {
      throw new NpyFormatException(
          "its array is in Fortran order: save numpy.ascontiguousarray(array)");
    }
    ByteOrder order = descr.charAt(0) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    return new NpyHeader(type, order, shape);
  }

  private static NpyHeader.Type type(String descr) throws NpyFormatException {
    if (descr.endsWith("O")) {
      throw new NpyFormatException(
          "it is an object array (pickle), which is never opened: save numbers (float16, float32)");
    }
    for (NpyHeader.Type type : NpyHeader.Type.values()) {
      String name = type.name().toLowerCase(Locale.ROOT);
      if (descr.equals("<" + name)
          || descr.equals(">" + name)
          || (type.bytes() == 1 && descr.equals("|" + name))) {
        return type;
      }
    }
    throw new NpyFormatException(
        "its numbers are of type '" + descr + "': save float16, float32 or integers");
  }

  private String descr() throws NpyFormatException {
    if (peek() == '[' || peek() == '(') {
      // Records; an object may hide in their fields.
      throw new NpyFormatException(
          "it is an array of records"
              + (text.contains("O'") ? " with objects (pickle)" : "")
              + ": save an array of plain numbers");
    }
    return string();
  }

  private String string() throws NpyFormatException {
    char quote = peek();
    if (quote != '\'' && quote != '"') {
      throw unreadable("a name in quotes is expected");
    }
    int end = text.indexOf(quote, at + 1);
    if (end < 0
        || text.substring(at, end).contains("\\")
        || text.substring(at, end).chars().anyMatch(c -> c < ' ' || c > '~')) {
      throw unreadable("a name in quotes is expected");
    }
    String value = text.substring(at + 1, end);
    at = end + 1;
    return value;
  }

  private boolean bool() throws NpyFormatException {
    peek();
    for (String value : List.of("True", "False")) {
      if (text.startsWith(value, at)) {
        at += value.length();
        return value.equals("True");
      }
    }
    throw unreadable("True or False is expected");
  }

  private long[] tuple() throws NpyFormatException {
    List<Long> sizes = new ArrayList<>();
    long product = 1;
    expect('(');
    while (peek() != ')') {
      int start = at;
      while (at < text.length() && Character.digit(text.charAt(at), 10) >= 0) {
        at++;
      }
      if (at == start || at - start > 16) {
        throw unreadable("a size is expected");
      }
      long size = Long.parseLong(text.substring(start, at));
      if (size > MAX_SIZE || (size > 0 && product > MAX_SIZE / size)) {
        throw new NpyFormatException("its shape is larger than any file");
      }
      product *= Math.max(size, 1);
      sizes.add(size);
      if (peek() != ')') {
        expect(',');
      }
    }
    expect(')');
    return sizes.stream().mapToLong(Long::longValue).toArray();
  }

  /** The next character that is no blank; it is not taken. */
  private char peek() throws NpyFormatException {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    if (at == text.length()) {
      throw unreadable("it ends too soon");
    }
    return text.charAt(at);
  }

  private void expect(char c) throws NpyFormatException {
    if (peek() != c) {
      throw unreadable("'" + c + "' is expected");
    }
    at++;
  }

  private NpyFormatException unreadable(String why) {
    return new NpyFormatException("its .npy header cannot be read at character " + at + ": " + why);
  }
}
