package encas.dataset.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class JpegHeaderTest {
  private static final String JFIF = "FFE0 0010 4A46494600 0102 00 0001 0001 00 00";
  private static final String ADOBE_RGB = "FFEE 000E 41646F6265 0064 0000 0000 00";
  private static final String ADOBE_LUMA = "FFEE 000E 41646F6265 0064 0000 0000 01";

  /** 300 x 200 (height first), components of these names, the first twice as wide. */
  private static final String FRAME = "FFC0 0011 08 012C 00C8 03 %s2100 %s1101 %s1101";

  private static final String NUMBERED = FRAME.formatted("01", "02", "03");
  private static final String NAMED_RGB = FRAME.formatted("52", "47", "42");
  private static final String SCAN = "FFDA 000C 03 0100 0211 0311 003F00";

  private static byte[] file(String... segments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(HexFormat.of().parseHex("ffd8"));
    for (String segment : segments) {
      out.writeBytes(HexFormat.of().parseHex(segment.replace(" ", "")));
    }
    return out.toByteArray();
  }

  private static boolean lumaAndChroma(String... segments) {
    return JpegHeader.of(file(segments)).isLumaAndChroma();
  }

  @Test
  void tells_size_components_and_sampling() {
    JpegHeader header = JpegHeader.of(file(JFIF, NUMBERED, SCAN));
    assertEquals(
        new JpegHeader(0, 8, 300, 200, 3, 2, 1, true, false, true, JpegHeader.UNSAID), header);
    String chroma = NUMBERED.replace("021101", "021201");
    assertFalse(JpegHeader.of(file(JFIF, chroma, SCAN)).othersWhole());
  }

  @Test
  void colours_are_luma_and_chroma_by_libjpegs_rule() {
    assertTrue(lumaAndChroma(NUMBERED, SCAN), "no marker, numbered components");
    assertFalse(lumaAndChroma(NAMED_RGB, SCAN), "no marker, components called R, G, B");
    assertTrue(lumaAndChroma(JFIF, NAMED_RGB, SCAN), "JFIF's marker is above names");
    assertTrue(lumaAndChroma(JFIF, ADOBE_RGB, NUMBERED, SCAN), "and above Adobe's");
    assertFalse(lumaAndChroma(ADOBE_RGB, NUMBERED, SCAN), "Adobe's says RGB");
    assertTrue(lumaAndChroma(ADOBE_LUMA, NAMED_RGB, SCAN), "Adobe's is above names");
    assertFalse(lumaAndChroma(NUMBERED, ADOBE_RGB, SCAN), "also behind the frame");
    String cut = "FFE0 000F 4A46494600 0102 00 0001 0001 00";
    assertFalse(lumaAndChroma(cut, NAMED_RGB, SCAN), "JFIF's marker a byte short is none");
  }

  @Test
  void markers_may_be_preceded_by_fill_bytes() {
    assertEquals(
        JpegHeader.of(file(JFIF, NUMBERED, SCAN)),
        JpegHeader.of(file("FFFF" + JFIF, "FF" + NUMBERED, "FFFFFF" + SCAN)));
  }

  @Test
  void odd_markers_are_left_to_a_decoder_that_says_what_is_wrong() {
    byte[] whole = file(JFIF, NUMBERED, SCAN);
    for (int length = 0; length < whole.length; length++) {
      assertNull(JpegHeader.of(Arrays.copyOf(whole, length)), "cut after " + length);
    }
    assertNull(JpegHeader.of(file(JFIF, SCAN)), "no frame");
    assertNull(JpegHeader.of(file(NUMBERED, NUMBERED, SCAN)), "two frames");
    assertNull(JpegHeader.of(file("00", NUMBERED, SCAN)), "bytes between markers");
    assertNull(JpegHeader.of(file(NUMBERED.replace("C8 03", "C8 04"), SCAN)), "a component short");
    assertNull(JpegHeader.of(file("FFE1 0001", NUMBERED, SCAN)), "a segment of no length");
  }
}
