package org.latentspace.feature.dsp;

/**
 * Extracts the features of one performer's blocks, in order, and keeps the time where blocks are
 * missing. A sequence that does not go up is a source that has begun anew: so does the extractor.
 */
final class Listener {
  private final FeatureSettings settings;
  private final FrameContext context;
  private FeatureExtractor extractor;
  private int rate;
  private long sequence;
  private long soundNanos;

  Listener(FeatureSettings settings, FrameContext context) {
    this.settings = settings;
    this.context = context;
  }

  /** now: for senses, of System.nanoTime. */
  synchronized Verdict hear(Block block, long nowNanos, FrameSink sink) {
    boolean anew = extractor == null || block.sequence() <= sequence;
    boolean silentEnd = block.last() && block.samples().length == 0;
    if (!anew && block.rate() != rate && !silentEnd) {
      return Verdict.OTHER_RATE;
    }
    if (anew) {
      rate = silentEnd ? settings.window().rate() : block.rate();
      extractor = new FeatureExtractor(settings, rate, context::scaling);
      soundNanos = 0;
    }
    keepTime(block);
    sequence = block.sequence();
    boolean[] framed = new boolean[1];
    FrameSink counting =
        heard -> {
          framed[0] = true;
          context.join(block, heard, nowNanos);
          sink.frame(heard);
        };
    if (block.last()) {
      extractor.finish(block.samples(), 0, block.samples().length, counting);
    } else {
      extractor.process(block.samples(), 0, block.samples().length, counting);
    }
    return framed[0] ? Verdict.FRAMED : Verdict.UNFRAMED;
  }

  private void keepTime(Block block) {
    double blockSeconds = (double) block.samples().length / rate;
    double missing = (block.soundNanos() - soundNanos) / 1e9 - blockSeconds;
    if (missing > 0.5 / rate) {
      extractor.skip(missing);
    }
    soundNanos = block.soundNanos();
  }
}
