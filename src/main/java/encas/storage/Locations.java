package encas.storage;

import encas.failure.InvalidInputException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** How paths in files and on the command line become absolute URIs. */
public final class Locations {
  /**
   * Of the scheme s3a and its like whatever is no bucket; of others USER:PASSWORD@, also where a
   * slash in the password makes its start look like a port. What follows a host, or a host and a
   * port, is a path, and may hold anything.
   */
  private static final Pattern CREDENTIALS =
      Pattern.compile(
          "^(s3[an]?://[^/]*[:@]|[^:]+://[^/]*:[^/@]*@|[^:]+://[^/\\[]*:(?!\\d*(/|$))[^@]*@)",
          Pattern.CASE_INSENSITIVE);

  private Locations() {}

  /**
   * A path or URI typed on the command line; a relative path is relative to the working directory.
   */
  public static URI ofArgument(String pathOrUri) {
    return hasScheme(pathOrUri)
        ? parse(pathOrUri)
        : Path.of(pathOrUri).toAbsolutePath().normalize().toUri();
  }

  /**
   * A path or URI found in {@code file}; a relative path is relative to that file.
   *
   * @param file absolute URI of the file that names the path
   */
  public static URI relativeTo(URI file, String pathOrUri) {
    return hasScheme(pathOrUri) ? parse(pathOrUri) : file.resolve(escape(pathOrUri)).normalize();
  }

  /**
   * The child {@code path} ('/' between names) of a directory, whether its URI ends in '/' or not.
   */
  public static URI child(URI directory, String path) {
    String base = directory.toString();
    return URI.create((base.endsWith("/") ? base : base + "/") + escape(path));
  }

  private static boolean hasScheme(String text) {
    return text.matches("[A-Za-z][A-Za-z0-9+.-]+:.*");
  }

  private static URI parse(String text) {
    refuseCredentials(text);
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new InvalidInputException(
          "not a URI: " + text + ": " + e.getReason() + "; percent-encode what is special in it",
          e);
    }
  }

  /**
   * What is in a URI is in logs, run.yaml and error messages, too. Before parsing: a secret that
   * holds a slash makes another URI, or none.
   */
  private static void refuseCredentials(String text) {
    if (CREDENTIALS.matcher(text).find()) {
      throw new InvalidInputException(
          "a URI of the scheme "
              + text.substring(0, text.indexOf(':'))
              + " has credentials in it, which others would read; give them by the environment"
              + " (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY) or a Hadoop credential provider");
    }
  }

  /** Percent-encodes what a URI's path cannot hold: blanks, '%', '?', '#'. */
  private static String escape(String path) {
    boolean absolute = path.startsWith("/");
    try {
      // One slash exactly: what follows two of them would be taken for a host.
      String raw = new URI(null, null, path.replaceFirst("^/*", "/"), null).getRawPath();
      return absolute ? raw : raw.substring(1);
    } catch (URISyntaxException e) {
      throw new InvalidInputException("not a path: " + path + ": " + e.getReason(), e);
    }
  }
}
