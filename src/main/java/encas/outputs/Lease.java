package encas.outputs;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;

/**
 * Who may write to a table, and until when unless renewed.
 *
 * @param token tells this holder from every other
 * @param process where it runs
 * @param user who started it
 * @param application Spark's id of it; null if it runs without Spark
 * @param since when it was taken, ISO 8601, UTC
 * @param renewed when its holder was last heard of
 * @param seconds how long it lasts from then on
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Lease(
    @JsonProperty("token") String token,
    @JsonProperty("process") HolderProcess process,
    @JsonProperty("user") String user,
    @JsonProperty("application") String application,
    @JsonProperty("since") String since,
    @JsonProperty("renewed") String renewed,
    @JsonProperty("seconds") long seconds) {

  public Lease {
    if (token == null || process == null || since == null || seconds < 1) {
      throw new IllegalArgumentException("one of the keys token, process, since is missing");
    }
    if (!token.matches("[A-Za-z0-9-]{1,64}")) {
      throw new IllegalArgumentException("token " + token + " is not of letters, digits, hyphens");
    }
    Instant.parse(since);
    Instant.parse(renewed);
  }

  /** The same, heard of at this time. */
  public Lease renewed(Instant now) {
    return new Lease(token, process, user, application, since, now.toString(), seconds);
  }

  /** True if its holder may still be at work: heard of not too long ago and not known dead. */
  public boolean isLive(Instant now, HolderProcess here) {
    return now.isBefore(Instant.parse(renewed).plusSeconds(seconds)) && !process.isKnownDead(here);
  }

  /** One line for people. */
  public String describe(Instant now) {
    return "user "
        + user
        + ", process "
        + process.pid()
        + " on "
        + process.host()
        + (application == null ? "" : ", application " + application)
        + ", since "
        + since
        + ", last heard of "
        + Math.max(0, Duration.between(Instant.parse(renewed), now).toSeconds())
        + " s ago";
  }
}
