package encas.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import encas.failure.InvalidInputException;
import encas.front.FrontMember;
import encas.front.RunHistory;
import encas.front.SingleModel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReportPageTest {
  private static final String EVIL =
      "</script><img src=x onerror=alert(1)>\"'&<!--{{data}}\u2028$1";
  private static final Pattern DATA =
      Pattern.compile(
          "<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL);
  private static final Pattern INLINE = Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL);
  private static final Pattern STYLE = Pattern.compile("<style>(.*?)</style>", Pattern.DOTALL);
  private static final Pattern URL = Pattern.compile("https?://[A-Za-z0-9._/-]+");

  @Test
  void page_holds_every_member_with_its_figures_on_both_splits() throws Exception {
    ReportInput input = ExampleReports.assessed(60);
    JsonNode members = data(ReportPage.render(input)).at("/front/members");
    assertEquals(60, members.size());
    for (int i = 0; i < 60; i++) {
      FrontMember member = input.front().members().get(i);
      assertEquals(member.error(), members.get(i).get("error").doubleValue());
      assertEquals(
          input.assessed().test().get(i).error(), members.get(i).at("/test/error").doubleValue());
      assertEquals(member.models().size(), members.get(i).get("models").size());
    }
  }

  @Test
  void page_holds_every_single_model_and_every_epoch() throws Exception {
    JsonNode data = data(ReportPage.render(ExampleReports.assessed(5)));
    assertEquals(30, data.get("singles").size());
    assertEquals(20, data.get("history").size());
    assertEquals(2500, data.at("/history/0/evaluations").intValue());
  }

  @Test
  void thinned_members_are_those_of_the_front() throws Exception {
    ReportInput input = ExampleReports.assessed(60);
    List<Double> errors = new ArrayList<>();
    JsonNode data = data(ReportPage.render(input));
    data.get("thinned")
        .forEach(place -> errors.add(data.at("/front/members/" + place + "/error").doubleValue()));
    assertEquals(input.front().thinned().stream().map(FrontMember::error).toList(), errors);
    assertTrue(errors.size() < 60);
  }

  @Test
  void names_that_are_markup_stay_text() throws Exception {
    String page = ReportPage.render(ExampleReports.named(EVIL));
    assertFalse(ownPart(page).contains("<img"));
    assertEquals(3, count(page, "<script"));
    assertEquals(3, count(page, "</script"));
    assertEquals(0, count(page, "<!--"));
    assertEquals(EVIL, data(page).at("/front/pool").textValue());
    assertTrue(data(page).at("/singles/0/id").textValue().endsWith(EVIL));
  }

  @Test
  void nothing_outside_the_page_is_referred_to() {
    String page = ReportPage.render(ExampleReports.assessed(5));
    assertFalse(ownPart(page).contains(" src="), "an element with a source");
    assertFalse(ownPart(page).contains("@import"), "a style sheet that loads");
    assertFalse(ownPart(page).contains("url("), "a style that loads");
    Matcher url = URL.matcher(page);
    while (url.find()) {
      // Names of XML namespaces, and of licences in comments: nothing is loaded from them.
      assertTrue(
          url.group()
              .matches(
                  "http://www\\.w3\\.org/.*|http://www\\.apache\\.org/licenses/.*|https://.*/LICENSE\\.txt"),
          url.group());
    }
  }

  @Test
  void policy_admits_exactly_the_scripts_and_styles_of_the_page() throws Exception {
    String page = ReportPage.render(ExampleReports.assessed(5));
    String policy = page.replaceAll("(?s).*Security-Policy\" content=\"([^\"]*)\".*", "$1");
    assertTrue(policy.startsWith("default-src 'none'; script-src 'sha256-"), policy);
    assertFalse(policy.contains("unsafe"), policy);
    Matcher script = INLINE.matcher(page);
    int scripts = 0;
    while (script.find()) {
      assertTrue(policy.contains(hash(script.group(1))), "script " + scripts);
      scripts++;
    }
    assertEquals(2, scripts);
    Matcher style = STYLE.matcher(page);
    assertTrue(style.find());
    assertTrue(policy.contains(hash(style.group(1))));
  }

  @Test
  void same_input_gives_the_same_bytes() {
    assertEquals(
        ReportPage.render(ExampleReports.assessed(9)),
        ReportPage.render(ExampleReports.assessed(9)));
  }

  @Test
  void front_that_was_not_assessed_shows_the_split_searched_only() throws Exception {
    JsonNode data = data(ReportPage.render(ExampleReports.searchedOnly()));
    assertTrue(data.at("/front/test").isMissingNode());
    assertTrue(data.at("/front/members/0/test").isMissingNode());
  }

  @Test
  void model_without_a_cost_of_the_front_is_named() {
    ReportInput good = ExampleReports.searchedOnly();
    var singles = new ArrayList<>(good.singles());
    singles.set(4, new SingleModel("bare", Map.of("params", 3.0), 9.0, null));
    var thrown =
        assertThrows(
            InvalidInputException.class,
            () ->
                new ReportInput(good.front(), null, new RunHistory(List.of()), singles, true, "1"));
    assertTrue(thrown.getMessage().contains("bare has no cost mflops"), thrown.getMessage());
  }

  private static JsonNode data(String page) throws Exception {
    Matcher matcher = DATA.matcher(page);
    assertTrue(matcher.find());
    return new ObjectMapper().readTree(matcher.group(1));
  }

  /** Without the chart library, whose code speaks of markup. */
  private static String ownPart(String page) {
    Matcher library = INLINE.matcher(page);
    assertTrue(library.find());
    return page.replace(library.group(1), "");
  }

  private static int count(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }

  private static String hash(String content) throws Exception {
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
    return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
  }
}
