package org.latentspace.explorer.inlet;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.latentspace.explorer.teaching.Holder;
import org.latentspace.explorer.teaching.Pedal;
import org.latentspace.explorer.teaching.Refusal;
import org.latentspace.proto.AddPairRequest;
import org.latentspace.proto.AuditionPairRequest;
import org.latentspace.proto.BeginPairRequest;
import org.latentspace.proto.ExplorerSettings;
import org.latentspace.proto.ListPairsRequest;
import org.latentspace.proto.Mode;
import org.latentspace.proto.TrainingPair;

/** Does what pedals do. What is refused is logged, at most once a second. */
@ApplicationScoped
public class PedalActions {
  private static final Logger LOG = Logger.getLogger(PedalActions.class);
  private static final long SAY_NANOS = 1_000_000_000L;

  @Inject Teacher teacher;
  @Inject ExplorerCommands commands;
  @Inject MappingTeacher mappings;

  // The pair that a performer has auditioned last.
  private final Map<String, String> auditioned = new ConcurrentHashMap<>();
  private final AtomicLong saidNanos = new AtomicLong(System.nanoTime() - SAY_NANOS);

  /** A pedal went down, came up, or is gone while it was down. Never throws. */
  void moved(Pedal pedal, Pedal.Move move) {
    try {
      Holder holder = Holder.pedal(pedal.midiIn());
      if (move == Pedal.Move.DOWN) {
        down(pedal, holder);
      } else if (move == Pedal.Move.GONE) {
        teacher.discard(holder);
      } else if (pedal.deed() == Pedal.Deed.HOLD) {
        later(pedal, teacher.end(pedal.performer(), holder, true));
      }
    } catch (RuntimeException no) {
      refused(pedal, no);
    }
  }

  private void down(Pedal pedal, Holder holder) {
    String performer = pedal.performer();
    switch (pedal.deed()) {
      case HOLD ->
          teacher.begin(BeginPairRequest.newBuilder().setPerformer(performer).build(), holder);
      case ADD ->
          later(
              pedal,
              teacher.add(
                  AddPairRequest.newBuilder()
                      .setPerformer(performer)
                      .setMeanMs(pedal.meanMs())
                      .build()));
      case UNDO -> later(pedal, teacher.undo(performer));
      case CLEAR -> later(pedal, teacher.clear(performer));
      case AUDITION -> auditionNext(performer);
      case SELECT -> choose(performer, Mode.MODE_SELECT);
      case PREDICT -> choose(performer, Mode.MODE_PREDICT);
      case FIT -> mappings.fit(performer);
    }
  }

  private void auditionNext(String performer) {
    List<TrainingPair> pairs =
        teacher.list(ListPairsRequest.newBuilder().setPerformer(performer).build()).getPairsList();
    if (pairs.isEmpty()) {
      throw new Refusal(Refusal.Kind.NOT_YET, "performer " + performer + " has no pairs");
    }
    String before = auditioned.getOrDefault(performer, "");
    int next = 0;
    for (int i = 0; i < pairs.size(); i++) {
      if (pairs.get(i).getPair().equals(before)) {
        next = (i + 1) % pairs.size();
      }
    }
    String name = pairs.get(next).getPair();
    teacher.audition(
        AuditionPairRequest.newBuilder().setPerformer(performer).setPair(name).build());
    auditioned.put(performer, name);
  }

  private void choose(String performer, Mode mode) {
    commands.choose(ExplorerSettings.newBuilder().setPerformer(performer).setMode(mode).build());
  }

  private void later(Pedal pedal, CompletionStage<?> deed) {
    deed.whenComplete(
        (done, fault) -> {
          if (fault != null) {
            refused(pedal, fault);
          }
        });
  }

  private void refused(Pedal pedal, Throwable fault) {
    long now = System.nanoTime();
    long said = saidNanos.get();
    if (now - said >= SAY_NANOS && saidNanos.compareAndSet(said, now)) {
      LOG.warnf(
          "pedal of %s, %s: %s",
          pedal.performer(), pedal.deed(), Call.status(fault).getStatus().getDescription());
    }
  }
}
