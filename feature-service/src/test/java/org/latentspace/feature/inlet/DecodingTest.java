package org.latentspace.feature.inlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latentspace.proto.AudioBlock;
import org.latentspace.proto.Origin;

class DecodingTest {
  @ParameterizedTest
  @CsvSource({
    "'', 44100, 256",
    "../etc, 44100, 256",
    "ada, 7999, 256",
    "ada, 192001, 256",
    "ada, -1, 256",
    "ada, 44100, 0",
    "ada, 44100, 4097"
  })
  void refusesWhatTheContractForbids(String performer, int rate, int samples) {
    assertThrows(
        IllegalArgumentException.class, () -> Decoding.block(block(performer, rate, samples)));
  }

  @Test
  void anEmptyBlockMayEndTheSound() {
    AudioBlock.Builder end = block("ada", 0, 0).toBuilder();
    end.getOriginBuilder().setLast(true);
    assertEquals(0, Decoding.block(end.build()).samples().length);
  }

  private static AudioBlock block(String performer, int rate, int samples) {
    return AudioBlock.newBuilder()
        .setOrigin(Origin.newBuilder().setPerformer(performer).setSequence(1))
        .setSampleRate(rate)
        .addAllSamples(Collections.nCopies(samples, 0.1f))
        .build();
  }
}
