package encas.dataset.image;

/**
 * What a JPEG's markers before its first scan say.
 *
 * @param process the number of its way of coding: 0 to 2 are sequential and progressive
 * @param channels components: 1 is grey; 3 luma and chroma, or RGB; 4 inks
 * @param across the first component's horizontal sampling factor
 * @param down its vertical one
 * @param othersWhole true if all other components have sampling factors of one
 * @param namedRgb true if the components are called R, G and B
 * @param jfif true if there is JFIF's marker
 * @param transform what Adobe's marker says of the colours; {@link #UNSAID} if there is none
 */
record JpegHeader(
    int process,
    int precision,
    int height,
    int width,
    int channels,
    int across,
    int down,
    boolean othersWhole,
    boolean namedRgb,
    boolean jfif,
    int transform) {
  static final int UNSAID = -1;

  private static final int START_OF_SCAN = 0xDA;
  private static final int APP0 = 0xE0;
  private static final int APP14 = 0xEE;

  /** Null if the markers are not as they should be. */
  static JpegHeader of(byte[] file) {
    int frame = 0;
    boolean jfif = false;
    int transform = UNSAID;
    int at = 2;
    while (at + 4 <= file.length && (file[at] & 255) == 0xFF) {
      int marker = file[at + 1] & 255;
      if (marker == 0xFF) { // markers may be preceded by any number of these
        at++;
        continue;
      }
      int end = at + 2 + twoBytes(file, at + 2);
      if (end < at + 4 || end > file.length) {
        return null;
      }
      if (marker == START_OF_SCAN) {
        return frame == 0 ? null : of(file, frame, jfif, transform);
      }
      if (marker == APP0 && end - at >= 18 && starts(file, at + 4, "JFIF\0")) {
        jfif = true;
      } else if (marker == APP14 && end - at >= 16 && starts(file, at + 4, "Adobe")) {
        transform = file[at + 15] & 255;
      } else if (isFrame(marker)) {
        if (frame != 0 || end - at < 13 || end - at != 10 + 3 * file[at + 9]) {
          return null;
        }
        frame = at;
      }
      at = end;
    }
    return null;
  }

  /** Of any coding; tables (C4, CC) and an extension (C8) lie between. */
  private static boolean isFrame(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }

  private static JpegHeader of(byte[] file, int frame, boolean jfif, int transform) {
    int channels = file[frame + 9];
    boolean othersWhole = true;
    boolean namedRgb = channels == 3;
    for (int c = 0; c < channels; c++) {
      int component = frame + 10 + 3 * c;
      othersWhole &= c == 0 || file[component + 1] == 0x11;
      namedRgb &= file[component] == "RGB".charAt(c % 3);
    }
    return new JpegHeader(
        file[frame + 1] & 15,
        file[frame + 4],
        twoBytes(file, frame + 5),
        twoBytes(file, frame + 7),
        channels,
        file[frame + 11] >> 4 & 15,
        file[frame + 11] & 15,
        othersWhole,
        namedRgb,
        jfif,
        transform);
  }

  /** Lossless (3, 11) and hierarchical ones; 9 and 10 are 1 and 2 by arithmetic coding. */
  boolean isOfRareProcess() {
    return (process & 7) > 2;
  }

  /** By libjpeg's rule. */
  boolean isLumaAndChroma() {
    return channels == 3 && (jfif || transform > 0 || transform == UNSAID && !namedRgb);
  }

  /** Nothing says what its colours are; the JDK's reader has a rule of its own for these. */
  boolean isUnmarked() {
    return !jfif && transform == UNSAID;
  }

  private static boolean starts(byte[] file, int at, String name) {
    for (int i = 0; i < name.length(); i++) {
      if (file[at + i] != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static int twoBytes(byte[] file, int at) {
    return (file[at] & 255) << 8 | file[at + 1] & 255;
  }
}
