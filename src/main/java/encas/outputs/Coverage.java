package encas.outputs;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What of a pool is in the output table, for each split and model.
 *
 * @param splits in the order asked for
 */
public record Coverage(@JsonProperty("splits") Map<String, Split> splits) {

  /** How a (model, split) stands. */
  public enum State {
    PRESENT,
    MISSING,
    STALE,
    QUARANTINED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One split.
   *
   * @param rows samples of the split; 0 if neither data nor outputs say
   * @param models in pool order
   */
  @JsonPropertyOrder({"rows", "models"})
  public record Split(
      @JsonProperty("rows") long rows, @JsonProperty("models") List<Model> models) {}

  /**
   * One model on one split.
   *
   * @param reason why it is not present, one line; null if it is
   */
  @JsonPropertyOrder({"id", "state", "reason"})
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Model(
      @JsonProperty("id") String id, State state, @JsonProperty("reason") String reason) {

    @JsonProperty("state")
    String stateName() {
      return state.toString();
    }
  }

  /** The state of a model on a split. */
  public State state(String split, String id) {
    return splits.get(split).models().stream()
        .filter(model -> model.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no model " + id + " in the pool"))
        .state();
  }

  /** True if every model is present on every split. */
  public boolean complete() {
    return splits.values().stream()
        .flatMap(split -> split.models().stream())
        .allMatch(model -> model.state() == State.PRESENT);
  }

  /** The JSON document of {@code coverage --json}. */
  public String toJson() {
    return Json.write(this);
  }
}
