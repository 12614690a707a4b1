package encas.inference.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.pool.Classifier;
import org.junit.jupiter.api.Test;

class LoadedModelsTest {
  private final LoadedModels models = new LoadedModels(2, 60);

  @Test
  void a_model_that_was_given_back_is_taken_again() {
    Tracked first = (Tracked) models.take("a", false, Tracked::new);
    models.giveBack("a", first);
    assertSame(first, models.take("a", false, Tracked::new));
    assertFalse(first.closed);
  }

  @Test
  void a_model_in_use_is_not_shared() {
    Classifier first = models.take("a", false, Tracked::new);
    assertNotSame(first, models.take("a", false, Tracked::new));
  }

  @Test
  void the_longest_idle_model_is_closed_when_there_are_too_many() {
    Tracked[] idle = new Tracked[3];
    for (int i = 0; i < idle.length; i++) {
      idle[i] = new Tracked();
      models.giveBack("m" + i, idle[i]);
    }
    assertTrue(idle[0].closed);
    assertFalse(idle[1].closed);
    assertFalse(idle[2].closed);
  }

  @Test
  void where_memory_is_scarce_other_idle_models_are_closed_before_one_is_loaded() {
    Tracked other = new Tracked();
    models.giveBack("other", other);
    boolean[] closedBefore = new boolean[1];
    models.take(
        "a",
        true,
        () -> {
          closedBefore[0] = other.closed;
          return new Tracked();
        });
    assertTrue(closedBefore[0]);
  }

  @Test
  void idle_models_are_closed_when_their_time_is_over() {
    Tracked model = new Tracked();
    models.giveBack("a", model);
    models.closeIdle(3600);
    assertFalse(model.closed);
    models.closeIdle(0);
    assertTrue(model.closed);
    assertNotSame(model, models.take("a", false, Tracked::new));
  }

  private static final class Tracked implements Classifier {
    private boolean closed;

    @Override
    public float[] classify(float[] batch, int size) {
      return new float[size];
    }

    @Override
    public int classes() {
      return 1;
    }

    @Override
    public void close() {
      assertEquals(false, closed, "closed twice");
      closed = true;
    }
  }
}
