package encas.cli;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import java.util.function.IntBinaryOperator;
import javax.imageio.ImageIO;

/** Small pictures for tests. */
final class Pictures {
  private Pictures() {}

  static byte[] png(int height, int width) throws IOException {
    return png(height, width, (x, y) -> x * 9 ^ y * 5);
  }

  /** All of one size are of one length. */
  static byte[] noise(int height, int width, int seed) throws IOException {
    Random random = new Random(seed);
    return png(height, width, (x, y) -> random.nextInt(256));
  }

  private static byte[] png(int height, int width, IntBinaryOperator grey) throws IOException {
    var image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.getRaster().setSample(x, y, 0, grey.applyAsInt(x, y));
      }
    }
    var bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }
}
