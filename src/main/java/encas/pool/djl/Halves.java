package encas.pool.djl;

import encas.storage.Half;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;

/**
 * Numbers for and from engines that compute in half precision; rounded to nearest, ties to even.
 */
final class Halves {
  private Halves() {}

  /** The first numbers of a batch, direct and in the machine's order. */
  static ByteBuffer of(FloatBuffer floats, int count) {
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(count * Short.BYTES).order(ByteOrder.nativeOrder());
    ShortBuffer halves = bytes.asShortBuffer();
    for (int i = 0; i < count; i++) {
      halves.put(i, Half.fromFloat(floats.get(i)));
    }
    return bytes;
  }

  static float[] toFloats(ByteBuffer bytes, int count) {
    ShortBuffer halves = bytes.order(ByteOrder.nativeOrder()).asShortBuffer();
    float[] floats = new float[count];
    for (int i = 0; i < count; i++) {
      floats[i] = Half.toFloat(halves.get(i));
    }
    return floats;
  }
}
