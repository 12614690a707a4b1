package encas.dataset.image;

/** Takes the source pixel under the centre of each target pixel, as Pillow does. */
final class NearestResize implements Resize {
  private final int sourceWidth;
  private final int[] rows;
  private final int[] columns;

  NearestResize(int height, int width, Geometry geometry) {
    this.sourceWidth = width;
    this.rows = table(height, geometry.resizedHeight(), geometry.top(), geometry.height());
    this.columns = table(width, geometry.resizedWidth(), geometry.left(), geometry.width());
  }

  private static int[] table(int source, int target, int from, int length) {
    double scale = (double) source / target;
    int[] table = new int[length];
    // Pillow adds up the scale (ImagingScaleAffine); a product could round to another pixel.
    double position = scale * 0.5;
    for (int x = 0; x < from + length; x++) {
      if (x >= from) {
        table[x - from] = Math.min((int) position, source - 1);
      }
      position += scale;
    }
    return table;
  }

  @Override
  public void apply(byte[] pixels, int channels, byte[] window) {
    int to = 0;
    for (int row : rows) {
      int start = row * sourceWidth;
      for (int column : columns) {
        int from = (start + column) * channels;
        for (int c = 0; c < channels; c++) {
          window[to++] = pixels[from + c];
        }
      }
    }
  }
}
