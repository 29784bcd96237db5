package org.latentspace.explorer.feature;

/**
 * What a performer was heard to play in the last ten seconds of sound, for means and spreads over a
 * while.
 *
 * <p>Bounded: {@value #CAPACITY} places, made with the first frame. Where frames come closer than
 * {@value #SPACING_NANOS} ns, the newest takes the place of the one before. Another scaling or size
 * of the vector, or a sound that begins again, begins it anew.
 */
public final class RecentFrames {
  /** The longest while, in milliseconds of sound. */
  public static final int MOST_MS = 10_000;

  static final int CAPACITY = 2048;
  static final long SPACING_NANOS = MOST_MS * 1_000_000L / CAPACITY;

  private final long[] soundNanos = new long[CAPACITY];
  private final boolean[] silent = new boolean[CAPACITY];
  // A place after the other: the vector, then the raw values.
  private float[] entries = new float[0];
  private int size;
  // With which it was begun; null: not yet.
  private Frame first;
  private int newest;
  private int count;

  /** Remembers a frame; one without features is let pass. */
  public void hear(Frame frame) {
    if (frame.vector().length == 0) {
      return;
    }
    long now = frame.origin().soundNanos();
    if (first == null || !frame.isLike(first)) {
      begin(frame);
    } else if (count > 0 && now < soundNanos[newest]) {
      count = 0;
    }
    boolean close = count > 1 && now - soundNanos[before(newest)] < SPACING_NANOS;
    if (!close) {
      newest = count == 0 ? 0 : (newest + 1) % CAPACITY;
      count = Math.min(count + 1, CAPACITY);
    }
    soundNanos[newest] = now;
    silent[newest] = frame.silent();
    frame.write(entries, newest * 2 * size);
  }

  private void begin(Frame frame) {
    int entriesOfVector = frame.vector().length;
    if (entriesOfVector != size) {
      entries = new float[CAPACITY * 2 * entriesOfVector];
    }
    size = entriesOfVector;
    first = frame;
    count = 0;
  }

  private static int before(int place) {
    return (place + CAPACITY - 1) % CAPACITY;
  }

  /**
   * The mean of the frames of the last so many milliseconds of sound; null before the first.
   *
   * <p>Frames in silence are left out where there are others: what a hand on its way to the button
   * lets ring out is not what was played.
   *
   * @param milliseconds 0..10000; 0: the newest frame alone
   */
  public PairInput mean(int milliseconds) {
    if (count == 0) {
      return null;
    }
    long after = soundNanos[newest] - milliseconds * 1_000_000L;
    int frames = 1;
    boolean sounding = !silent[newest];
    for (int place = before(newest); frames < count; place = before(place)) {
      if (soundNanos[place] <= after) {
        break;
      }
      sounding |= !silent[place];
      frames++;
    }
    return mean(frames, sounding);
  }

  private PairInput mean(int frames, boolean sounding) {
    FrameSum sum = new FrameSum(size);
    int place = newest;
    for (int i = 0; i < frames; i++) {
      if (!sounding || !silent[place]) {
        sum.add(entries, place * 2 * size);
      }
      place = before(place);
    }
    return sum.gesture(first.scaling(), first.names());
  }
}
