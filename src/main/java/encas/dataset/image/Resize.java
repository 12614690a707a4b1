package encas.dataset.image;

/** Resizes pictures of one size, and keeps a window of the result. */
interface Resize {

  /**
   * Resizes a picture.
   *
   * @param pixels {@code [height x width x channels]}
   * @param window receives {@code [window height x window width x channels]}
   */
  void apply(byte[] pixels, int channels, byte[] window);
}
