package encas.report;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Places <code>{{name}}</code> of a text and what is put there, in one pass. */
final class PageTemplate {
  private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z]+)}}");

  private PageTemplate() {}

  /** The template with every place filled. What is put in is not looked at for places again. */
  static String fill(String template, Map<String, String> values) {
    return PLACE
        .matcher(template)
        .replaceAll(
            place -> {
              String value = values.get(place.group(1));
              if (value == null) {
                throw new IllegalStateException("nothing to put at " + place.group());
              }
              return Matcher.quoteReplacement(value);
            });
  }

  /** Text as HTML, also inside a quoted attribute. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
