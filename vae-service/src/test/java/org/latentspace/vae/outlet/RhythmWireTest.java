package org.latentspace.vae.outlet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.latentspace.proto.Rhythm;
import org.latentspace.vae.wire.RhythmWire;

class RhythmWireTest {

  @Test
  void strokesAreOrderedByStepThenVoiceAndKeepTheirVelocitiesAndOffsets() {
    Rhythm given =
        Rhythm.newBuilder()
            .setModelVersion("v")
            .addAllStep(List.of(12, 0, 12, 0))
            .addAllVoice(List.of(1, 1, 0, 0))
            .addAllVelocity(List.of(.1f, .2f, .3f, .4f))
            .addAllOffset(List.of(-.1f, -.2f, -.3f, -.4f))
            .build();
    Rhythm ordered = RhythmWire.ordered(given);
    assertEquals(List.of(0, 0, 12, 12), ordered.getStepList());
    assertEquals(List.of(0, 1, 0, 1), ordered.getVoiceList());
    assertEquals(List.of(.4f, .2f, .3f, .1f), ordered.getVelocityList());
    assertEquals(List.of(-.4f, -.2f, -.3f, -.1f), ordered.getOffsetList());
    assertEquals("v", ordered.getModelVersion());
    assertEquals(ordered, RhythmWire.ordered(ordered));
  }

  @Test
  void unequalArraysAreLeftForTheDomainToRefuse() {
    Rhythm unequal = Rhythm.newBuilder().addStep(1).addStep(0).addVoice(0).build();
    assertEquals(unequal, RhythmWire.ordered(unequal));
  }
}
