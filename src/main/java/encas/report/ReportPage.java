package encas.report;

import encas.front.Headline;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One self-contained web page of a front: no network, no other file, the same bytes for the same
 * input.
 *
 * <pre>{@code
 * String html = ReportPage.render(input);
 * FrontFile.publish(store, results, "report.html", html);
 * }</pre>
 *
 * <p>It opens from disk. Its content security policy lets exactly the page's own scripts and styles
 * run, by their hashes, and nothing load; the data stand in it as inert JSON.
 */
public final class ReportPage {
  private ReportPage() {}

  /** The text of {@code report.html}, to be stored as UTF-8. */
  public static String render(ReportInput input) {
    PageAssets assets = PageAssets.load();
    HeadlineText headline =
        HeadlineText.of(
            input.front(), input.assessed(), Headline.of(input.front(), input.singles()));
    Map<String, String> values = new LinkedHashMap<>();
    values.put("policy", assets.policy());
    values.put("pool", PageTemplate.escape(input.front().pool()));
    values.put("headline", PageTemplate.escape(headline.headline()));
    values.put("lead", PageTemplate.escape(headline.lead()));
    values.put("version", PageTemplate.escape(input.version()));
    values.put("style", assets.style());
    values.put("charts", assets.chartLibrary());
    values.put("script", assets.script());
    values.put("data", PageData.json(input));
    return PageTemplate.fill(assets.template(), values);
  }
}
