package org.latentspace.midi.outlet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes a SoundFont of one drum kit with one sound on all keys (SoundFont 2.01, sections 5 to 7).
 */
final class SoundFontFile {
  private static final int RATE = 22_050;
  private static final int SAMPLES = 4410;
  private static final int SILENCE = 46;
  private static final int KIT_BANK = 128;
  private static final int GEN_INSTRUMENT = 41;
  private static final int GEN_SAMPLE = 53;

  private SoundFontFile() {}

  /**
   * @param hertz of the sound, a tone of a fifth of a second
   */
  static Path write(Path file, double hertz) throws IOException {
    ByteBuffer tone = buffer(2 * (SAMPLES + SILENCE));
    for (int i = 0; i < SAMPLES; i++) {
      tone.putShort((short) (20_000 * Math.sin(2 * Math.PI * hertz * i / RATE)));
    }
    byte[] info =
        join(
            chunk("ifil", buffer(4).putShort((short) 2).putShort((short) 1).array()),
            chunk("isng", text("EMU8000", 8)),
            chunk("INAM", text("test", 6)));
    byte[] all =
        join(
            "sfbk".getBytes(StandardCharsets.US_ASCII),
            list("INFO", info),
            list("sdta", chunk("smpl", tone.array())),
            list("pdta", presets()));
    return Files.write(file, chunk("RIFF", all));
  }

  private static byte[] presets() {
    byte[] headers = join(preset("kit", 0), preset("EOP", 1));
    byte[] instruments = join(text("drum", 20), word(0), text("EOI", 20), word(1));
    byte[] sample =
        join(
            text("tone", 20),
            ints(0, SAMPLES, 0, SAMPLES, RATE),
            new byte[] {60, 0},
            word(0),
            word(1),
            new byte[46]);
    return join(
        chunk("phdr", headers),
        chunk("pbag", join(word(0), word(0), word(1), word(0))),
        chunk("pmod", new byte[10]),
        chunk("pgen", join(word(GEN_INSTRUMENT), word(0), new byte[4])),
        chunk("inst", instruments),
        chunk("ibag", join(word(0), word(0), word(1), word(0))),
        chunk("imod", new byte[10]),
        chunk("igen", join(word(GEN_SAMPLE), word(0), new byte[4])),
        chunk("shdr", sample));
  }

  private static byte[] preset(String name, int bag) {
    return join(text(name, 20), word(0), word(KIT_BANK), word(bag), ints(0, 0, 0));
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] text(String text, int bytes) {
    return buffer(bytes).put(text.getBytes(StandardCharsets.US_ASCII)).array();
  }

  private static byte[] word(int value) {
    return buffer(2).putShort((short) value).array();
  }

  private static byte[] ints(int... values) {
    ByteBuffer all = buffer(4 * values.length);
    for (int value : values) {
      all.putInt(value);
    }
    return all.array();
  }

  private static byte[] chunk(String id, byte[] content) {
    return join(id.getBytes(StandardCharsets.US_ASCII), ints(content.length), content);
  }

  private static byte[] list(String id, byte[] content) {
    return chunk("LIST", join(id.getBytes(StandardCharsets.US_ASCII), content));
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
