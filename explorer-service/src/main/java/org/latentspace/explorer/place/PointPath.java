package org.latentspace.explorer.place;

import java.util.Arrays;
import java.util.List;
import org.latentspace.explorer.feature.Frame;
import org.latentspace.explorer.mapping.TaughtMapping.Motion;
import org.latentspace.explorer.motion.Drift;
import org.latentspace.explorer.motion.Movement;
import org.latentspace.explorer.place.Place.Mode;
import org.latentspace.explorer.trajectory.Trajectory;

/**
 * The way from what the mapping or the hand says to where the point is.
 *
 * <pre>
 *   mapping or hand --> motion --> trajectory --> morph --> drift --> point
 *                                                             |
 *                                        recording <----------+
 * </pre>
 *
 * What is not in use hands on what it is given, to the bit. Of one performer, whose lock is held.
 */
final class PointPath {
  /** So long the point takes back to what moves it after something else has led it. */
  static final long GLIDE_NANOS = 500_000_000L;

  private final int size;
  private final Movement.SoundClock clock = new Movement.SoundClock();
  private final Movement movement;
  private final Drift drift;
  private final float[] row;
  private Trajectory.Replay replay;
  private Trajectory.Recording recording;
  private Morph morph;
  // Where the point is but for the drift.
  private Place settled;

  PointPath(Place begin, long seed) {
    size = begin.position().length;
    movement = new Movement(size);
    drift = new Drift(size, seed);
    row = new float[size + 2];
    begin(begin);
  }

  /** The point is here, and nothing leads it. */
  void begin(Place place) {
    settled = place;
    replay = null;
    morph = null;
    drift.stop();
    movement.begin(place.position());
  }

  /** Where the point is with this frame. */
  Place go(Place wish, PerformerSettings wanted, Frame heard) {
    long soundNanos = heard.origin().soundNanos();
    if (clock.runsBack(soundNanos)) {
      drift.begin();
    }
    long nanos = clock.step(soundNanos);
    if (morph != null) {
      morph.step(nanos);
      morph = morph.isOver() ? null : morph;
    }
    PerformerSettings now = choices(wanted);
    Place place = moved(wish, now, heard.silent(), nanos);
    place = replay == null ? place : replayed(place, nanos);
    place = morph == null ? place : morph.place(place);
    settled = place;
    place = drifted(place, now, heard.silent(), nanos);
    if (recording != null) {
      recording.add(nanos, row(place));
    }
    return place;
  }

  /** The settings as they hold now. */
  PerformerSettings choices(PerformerSettings wanted) {
    return morph == null ? wanted : morph.choices(wanted);
  }

  private Place moved(Place wish, PerformerSettings now, boolean silent, long nanos) {
    if (now.get(Setting.MOTION) == Motion.POSITION) {
      return wish;
    }
    movement.step(nanos, now.get(Setting.BOUNDS), now.get(Setting.REST_MS));
    if (silent && wish.mode() == Mode.PREDICT) {
      movement.rest();
    } else {
      movement.push(wish.position(), now.get(Setting.MAX_SPEED));
    }
    return wish.at(movement.place());
  }

  private Place replayed(Place place, long nanos) {
    boolean goesOn = replay.step(nanos, row);
    float[] position = Arrays.copyOf(row, size);
    Place led = new Place(position, row[size], row[size + 1], place.mode(), place.further());
    movement.begin(position);
    if (!goesOn) {
      settled = led;
      replay = null;
      glide(place.mode());
    }
    return led;
  }

  private Place drifted(Place place, PerformerSettings now, boolean silent, long nanos) {
    boolean pushes =
        now.get(Setting.MOTION) == Motion.MOVEMENT
            && now.get(Setting.MODE) == Mode.SELECT
            && isPush(now.get(Setting.HAND));
    boolean played = !silent || replay != null || isRecalled() || pushes;
    float[] playing = place.position();
    float[] position = drift.step(playing, played, now.get(Setting.AUTONOMY), nanos);
    if (drift.leads() && now.get(Setting.MOTION) == Motion.MOVEMENT) {
      movement.begin(position);
    }
    return position == playing ? place : place.at(position);
  }

  private static boolean isPush(Place hand) {
    for (float entry : hand.position()) {
      if (Math.abs(entry - 0.5f) > 0.005f) {
        return true;
      }
    }
    return false;
  }

  private float[] row(Place place) {
    System.arraycopy(place.position(), 0, row, 0, size);
    row[size] = place.noise();
    row[size + 1] = place.rampMs();
    return row;
  }

  /** Whether the point is where the hand puts it, and nothing else leads it. */
  boolean isDirect(Motion motion) {
    return motion == Motion.POSITION && replay == null && morph == null && drift.share() == 0;
  }

  /** The hand has taken the point: nothing else leads it any more. */
  void take(PerformerSettings wanted) {
    boolean led = replay != null;
    replay = null;
    morph = null;
    if (wanted.get(Setting.MODE) == Mode.SELECT) {
      drift.stop();
      push(wanted);
    } else if (led) {
      glide(Mode.PREDICT);
    }
  }

  /** What is pushed from now on, where the hand does. */
  void push(PerformerSettings wanted) {
    if (wanted.get(Setting.MOTION) == Motion.MOVEMENT && wanted.get(Setting.MODE) == Mode.SELECT) {
      movement.push(wanted.get(Setting.HAND).position(), wanted.get(Setting.MAX_SPEED));
    }
  }

  /** Another motion from now on; the point stays where it is. */
  void turn(Motion motion, Mode mode) {
    if (motion == Motion.MOVEMENT) {
      movement.begin(settled.position());
    } else {
      glide(mode);
    }
  }

  /** Back to what the mapping says; the hand's point stays by itself. */
  private void glide(Mode mode) {
    if (mode == Mode.PREDICT && morph == null) {
      morph = new Morph("", settled, null, GLIDE_NANOS);
    }
  }

  /**
   * Goes to a preset's state.
   *
   * @param before the settings until now
   * @param point where movement goes on from
   * @param nanos 0: at once
   */
  void recall(String preset, PerformerSettings before, Place point, long nanos) {
    PerformerSettings now = choices(before);
    replay = null;
    movement.begin(point.position());
    morph = nanos > 0 ? new Morph(preset, settled, now, nanos) : null;
  }

  private boolean isRecalled() {
    return morph != null && !morph.name().isEmpty();
  }

  /** Somebody sets this while a morph is under way. */
  void set(PerformerSettings change) {
    if (morph != null) {
      morph.set(change);
    }
  }

  void landmarks(List<float[]> places) {
    drift.landmarks(places);
  }

  void replay(Trajectory.Replay next) {
    replay = next;
    morph = null;
  }

  /** Ends the replay; returns its name, or null where none was. */
  String stopReplay(Mode mode) {
    Trajectory.Replay was = replay;
    replay = null;
    if (was != null) {
      glide(mode);
    }
    return was == null ? null : was.name();
  }

  void record(String name) {
    recording = new Trajectory.Recording(name, row.length);
  }

  /** Ends the recording; null where none was, or nothing was recorded. */
  Trajectory stopRecording() {
    Trajectory.Recording was = recording;
    recording = null;
    return was == null ? null : was.trajectory();
  }

  /** Where the point is but for the drift. */
  Place settled() {
    return settled;
  }

  String replays() {
    return replay == null ? "" : replay.name();
  }

  String records() {
    return recording == null ? "" : recording.name();
  }

  /** What is going on, but for the extrapolation. */
  Performer.PointStatus doing(PerformerSettings wanted, float extrapolation) {
    PerformerSettings now = choices(wanted);
    boolean moves = now.get(Setting.MOTION) == Motion.MOVEMENT;
    return new Performer.PointStatus(
        extrapolation,
        moves ? movement.velocity(now.get(Setting.BOUNDS)) : new float[0],
        drift.share(),
        replays(),
        records(),
        isRecalled() ? morph.name() : "",
        isRecalled() ? morph.part() : 0);
  }
}
