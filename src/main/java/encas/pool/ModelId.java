package encas.pool;

import java.util.regex.Pattern;

/**
 * What a model may be called. An id becomes a directory's name in the output table, so it holds no
 * '/' and no "..".
 */
public final class ModelId {
  /** The rule in words, for messages. */
  public static final String RULE =
      "letters, digits, '.', '_' and '-', a letter or digit first, at most 128 characters, no '..'";

  private static final Pattern PATTERN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

  private ModelId() {}

  public static boolean isValid(String id) {
    return PATTERN.matcher(id).matches() && !id.contains("..");
  }
}
