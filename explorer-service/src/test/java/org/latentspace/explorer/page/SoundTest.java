package org.latentspace.explorer.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.latentspace.wire.Until.until;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rhythms as the page sounds them. */
class SoundTest extends BrowserTest {
  /** Sees in the samples that go to the loudspeaker when a stroke begins, in s of their clock. */
  private static final String TAP =
      """
      (() => {
        window.onsets = [];
        const connect = AudioNode.prototype.connect;
        AudioNode.prototype.connect = function (to, ...rest) {
          if (to instanceof AudioDestinationNode) {
            const tap = this.context.createScriptProcessor(1024, 1, 1);
            let quiet = 0;
            tap.onaudioprocess = ({ inputBuffer, playbackTime }) => {
              const samples = inputBuffer.getChannelData(0);
              for (let i = 0; i < samples.length; i++) {
                if (Math.abs(samples[i]) > 0.004) {
                  if (quiet > 2000) onsets.push(playbackTime + i / inputBuffer.sampleRate);
                  quiet = 0;
                } else {
                  quiet++;
                }
              }
            };
            connect.call(this, tap);
            connect.call(tap, to);
          }
          return connect.call(this, to, ...rest);
        };
      })()
      """;

  /** Each voice by itself, soft and hard: the first sample that is heard, energy, brightness. */
  private static final String VOICES =
      """
      (async () => {
        const { DrumKit } = await import('/drum-kit.js');
        const all = {};
        for (const voice of ['kick', 'snare', 'rim', 'clap', 'closed-hat', 'open-hat', 'low-tom',
            'mid-tom', 'high-tom', 'ride', 'crash', 'cowbell']) {
          all[voice] = [];
          for (const velocity of [0.3, 1]) {
            const context = new OfflineAudioContext(1, 44100, 44100);
            new DrumKit(context, context.destination).strike(voice, velocity, 0.1);
            const heard = (await context.startRendering()).getChannelData(0);
            let energy = 0, steep = 0, peak = 0, first = -1;
            for (let i = 1; i < heard.length; i++) {
              energy += heard[i] ** 2;
              steep += (heard[i] - heard[i - 1]) ** 2;
              peak = Math.max(peak, Math.abs(heard[i]));
              if (first < 0 && heard[i] !== 0) first = i / 44100;
            }
            all[voice].push({ first, energy, peak, bright: steep / energy });
          }
        }
        return all;
      })()
      """;

  @Test
  void everyVoiceBeginsWhenItIsStruckAndIsBrighterWhenStruckHarder() {
    open(1280);
    JsonNode voices = browser.see(VOICES);
    List<String> sounds = new ArrayList<>();
    voices
        .properties()
        .forEach(
            voice -> {
              JsonNode soft = voice.getValue().get(0);
              JsonNode hard = voice.getValue().get(1);
              String what = voice.getKey() + " " + voice.getValue();
              assertEquals(0.1, hard.get("first").asDouble(), 0.001, what);
              assertTrue(hard.get("energy").asDouble() > 2 * soft.get("energy").asDouble(), what);
              assertTrue(hard.get("peak").asDouble() < 2, what);
              assertTrue(hard.get("bright").asDouble() != soft.get("bright").asDouble(), what);
              sounds.add(hard.get("energy").asText());
            });
    assertEquals(12, sounds.stream().distinct().count(), sounds.toString());
  }

  @Test
  void whatIsHeardHasItsStrokesWhereTheRhythmSays() {
    open(1280);
    browser.see(TAP);
    browser.click("#sound");
    until("it sounds", () -> browser.see("onsets.length").asInt() >= 20);
    assertEquals("true", browser.see("document.getElementById('sound').ariaPressed").asText());
    // Kick, snare and hat on the first three beats of four: gaps of half a second, half, one. The
    // first few seconds find out how late events come.
    List<Double> off = new ArrayList<>();
    JsonNode onsets = browser.see("onsets");
    for (int i = 10; i < onsets.size(); i++) {
      double gap = onsets.get(i).asDouble() - onsets.get(i - 1).asDouble();
      off.add(Math.abs(gap - 0.5 * Math.max(1, Math.round(gap / 0.5))));
    }
    off.sort(null);
    double median = off.get(off.size() / 2);
    assertTrue(median <= 0.005, "gaps of strokes are off by " + off + " s");
    browser.click("#sound");
    until(
        "it is off",
        () -> browser.see("document.getElementById('sound').ariaPressed").asText().equals("false"));
  }
}
