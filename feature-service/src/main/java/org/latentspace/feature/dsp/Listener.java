package org.latentspace.feature.dsp;

/**
 * Listens to one performer's blocks, in order, and keeps the time where blocks are missing. A
 * sequence that does not go up is a source that has begun anew, and is heard with new ears.
 */
final class Listener {
  private final EarSettings settings;
  private final Company company;
  private Ear ear;
  private int rate;
  private long sequence;
  private long soundNanos;

  Listener(EarSettings settings, Company company) {
    this.settings = settings;
    this.company = company;
  }

  /** now: for senses, of System.nanoTime. */
  synchronized Verdict hear(Block block, long nowNanos, FrameSink sink) {
    boolean anew = ear == null || block.sequence() <= sequence;
    boolean silentEnd = block.last() && block.samples().length == 0;
    if (!anew && block.rate() != rate && !silentEnd) {
      return Verdict.OTHER_RATE;
    }
    if (anew) {
      rate = silentEnd ? settings.window().rate() : block.rate();
      ear = new Ear(settings, rate, company::scaling);
      soundNanos = 0;
    }
    keepTime(block);
    sequence = block.sequence();
    boolean[] framed = new boolean[1];
    FrameSink counting =
        heard -> {
          framed[0] = true;
          company.join(block, heard, nowNanos);
          sink.frame(heard);
        };
    if (block.last()) {
      ear.finish(block.samples(), 0, block.samples().length, counting);
    } else {
      ear.process(block.samples(), 0, block.samples().length, counting);
    }
    return framed[0] ? Verdict.FRAMED : Verdict.UNFRAMED;
  }

  private void keepTime(Block block) {
    double blockSeconds = (double) block.samples().length / rate;
    double missing = (block.soundNanos() - soundNanos) / 1e9 - blockSeconds;
    if (missing > 0.5 / rate) {
      ear.skip(missing);
    }
    soundNanos = block.soundNanos();
  }
}
