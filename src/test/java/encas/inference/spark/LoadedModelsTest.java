package encas.inference.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import encas.inference.spark.LoadedModels.Key;
import encas.pool.Classifier;
import encas.pool.ClassifierLoader.Placement;
import org.junit.jupiter.api.Test;

class LoadedModelsTest {
  private final LoadedModels models = new LoadedModels(2, 60);

  @Test
  void a_model_that_was_given_back_is_taken_again() {
    Tracked first = (Tracked) models.take(cpu("a"), Tracked::new);
    models.giveBack(cpu("a"), first);
    assertSame(first, models.take(cpu("a"), Tracked::new));
    assertFalse(first.closed);
  }

  @Test
  void a_model_in_use_is_not_shared() {
    Classifier first = models.take(cpu("a"), Tracked::new);
    assertNotSame(first, models.take(cpu("a"), Tracked::new));
  }

  @Test
  void the_longest_idle_model_is_closed_when_there_are_too_many() {
    Tracked[] idle = new Tracked[3];
    for (int i = 0; i < idle.length; i++) {
      idle[i] = new Tracked();
      models.giveBack(cpu("m" + i), idle[i]);
    }
    assertTrue(idle[0].closed);
    assertFalse(idle[1].closed);
    assertFalse(idle[2].closed);
  }

  @Test
  void before_a_model_is_loaded_on_a_gpu_other_idle_ones_of_that_gpu_are_closed() {
    Tracked same = new Tracked();
    models.giveBack(gpu("other", 1), same);
    Tracked elsewhere = new Tracked();
    models.giveBack(gpu("other", 0), elsewhere);
    boolean[] closedBefore = new boolean[1];
    models.take(
        gpu("a", 1),
        () -> {
          closedBefore[0] = same.closed;
          return new Tracked();
        });
    assertTrue(closedBefore[0]);
    assertFalse(elsewhere.closed);
  }

  @Test
  void idle_models_are_closed_when_their_time_is_over() {
    Tracked model = new Tracked();
    models.giveBack(cpu("a"), model);
    models.closeIdle(3600);
    assertFalse(model.closed);
    models.closeIdle(0);
    assertTrue(model.closed);
    assertNotSame(model, models.take(cpu("a"), Tracked::new));
  }

  @Test
  void a_model_that_cannot_be_closed_keeps_no_other_open_and_none_from_being_loaded() {
    Tracked broken = new Tracked();
    broken.closed = true; // throws now
    Tracked sound = new Tracked();
    models.giveBack(gpu("broken", 1), broken);
    models.giveBack(gpu("sound", 1), sound);
    Tracked wanted = new Tracked();
    assertSame(wanted, models.take(gpu("a", 1), () -> wanted));
    assertTrue(sound.closed);
    models.giveBack(gpu("broken", 1), broken);
    models.giveBack(cpu("a"), wanted);
    models.closeIdle(0);
    assertTrue(wanted.closed);
  }

  private static Key cpu(String model) {
    return new Key("run", model, Placement.cpu(8, 1));
  }

  private static Key gpu(String model, int device) {
    return new Key("run", model, new Placement(device, 8, 1));
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
