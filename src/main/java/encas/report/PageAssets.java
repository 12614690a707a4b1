package encas.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The page's own parts, from the class path, and the policy that admits them and nothing else.
 *
 * @param chartLibrary Apache ECharts, its licence in its head
 */
record PageAssets(String template, String style, String chartLibrary, String script) {
  private static final String OWN = "encas/report/";
  private static final String[] SCRIPTS = {
    "figures.js",
    "tables.js",
    "tips.js",
    "front-series.js",
    "front-chart.js",
    "history-chart.js",
    "run.js",
    "page.js"
  };

  /** The smallest distribution that has lines, points, logarithmic axes and zooming. */
  private static final String CHARTS =
      "META-INF/resources/webjars/echarts/5.3.1/dist/echarts.common.min.js";

  PageAssets {
    for (String inlined : new String[] {chartLibrary, script}) {
      // Either would end, or fail to end, the element that it stands in.
      if (inlined.contains("</script") || inlined.contains("<!--")) {
        throw new IllegalStateException("a script of the page cannot stand inside HTML");
      }
    }
  }

  static PageAssets load() {
    StringBuilder script = new StringBuilder("'use strict';\n");
    for (String name : SCRIPTS) {
      script.append(text(OWN + name)).append('\n');
    }
    return new PageAssets(
        text(OWN + "page.html"), text(OWN + "page.css"), text(CHARTS), script.toString());
  }

  /** Content security policy: own scripts and styles by hash, no requests of any kind. */
  String policy() {
    return "default-src 'none'; script-src "
        + hash(chartLibrary)
        + " "
        + hash(script)
        + "; style-src "
        + hash(style)
        + "; img-src data:; base-uri 'none'; form-action 'none'";
  }

  private static String hash(String content) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static String text(String resource) {
    try (InputStream in = PageAssets.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the class path lacks " + resource);
      }
      // A browser reads CR LF as LF before it hashes.
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
