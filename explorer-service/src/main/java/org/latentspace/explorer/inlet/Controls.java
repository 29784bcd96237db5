package org.latentspace.explorer.inlet;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.latentspace.explorer.control.Parameter;
import org.latentspace.explorer.inlet.ControlActions.Hand;
import org.latentspace.explorer.inlet.MidiInput.Move;
import org.latentspace.explorer.outlet.LearnedControls;
import org.latentspace.explorer.outlet.SongOutlet;
import org.latentspace.explorer.teaching.HeldPairs.Holder;
import org.latentspace.explorer.wire.ControlCounts;
import org.latentspace.explorer.wire.NamedStatus;
import org.latentspace.installation.Action.Kind;
import org.latentspace.installation.ControlPart;
import org.latentspace.installation.Installation;
import org.latentspace.installation.InstallationConfig;
import org.latentspace.installation.InstallationFault;
import org.latentspace.installation.InstallationFile;
import org.latentspace.installation.MidiKey;
import org.latentspace.wire.StartMistake;

/**
 * Pads, pedals, knobs and OSC addresses, as installation.yaml maps them and as they were learned;
 * and the lamps that show what they do. What is refused is counted, and logged at most once a
 * second.
 */
@ApplicationScoped
public class Controls implements NamedStatus, MidiInput.Listener {
  private static final Logger LOG = Logger.getLogger(Controls.class);
  private static final long SAY_NANOS = 1_000_000_000L;
  private static final long TEND_MS = 1000;
  private static final long LAMPS_MS = 100;
  private static final long ASK_MS = 500;
  private static final long END_MS = 2000;

  @Inject InstallationConfig config;
  @Inject ControlActions actions;
  @Inject LearnedControls learned;
  @Inject SongOutlet song;
  @Inject ControlLearner learner;
  @Inject ControlCounts counts;

  private final AtomicLong saidNanos = new AtomicLong(System.nanoTime() - SAY_NANOS);
  private volatile Installation installation = Installation.NONE;
  // Whole lists are replaced, by the thread that tends once it runs.
  private volatile List<MidiInput> inputs = List.of();
  private volatile List<ControlPart> mapped = List.of();
  private ScheduledExecutorService thread;

  /** Reads what is mapped; throws {@link StartMistake} for what is wrong in it. */
  public void check() {
    installation = InstallationFile.atStart(config);
  }

  /** Listens to what is mapped, as soon as it is plugged in. */
  public void open() {
    learned.open();
    thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread own = new Thread(task, "explorer-controls");
              own.setDaemon(true);
              return own;
            });
    thread.execute(() -> map(installation));
    every(TEND_MS, this::tend);
    every(LAMPS_MS, this::showLamps);
    every(ASK_MS, this::askForLamps);
  }

  private void every(long milliseconds, Runnable task) {
    thread.scheduleWithFixedDelay(task, 0, milliseconds, TimeUnit.MILLISECONDS);
  }

  /** On the thread that tends: these and the learned ones are mapped from now on. */
  private void map(Installation next) {
    installation = next;
    List<ControlPart> all = new ArrayList<>(next.controls());
    all.addAll(learned.of(next).values());
    Map<String, List<ControlPart>> byInput = new LinkedHashMap<>();
    for (ControlPart control : all) {
      if (control.key() != null) {
        byInput.computeIfAbsent(control.midiIn(), port -> new ArrayList<>()).add(control);
      }
    }
    List<MidiInput> before = inputs;
    List<MidiInput> now = new ArrayList<>();
    byInput.forEach(
        (name, controls) ->
            now.add(
                before.stream()
                    .filter(same -> same.name().equals(name) && same.controls().equals(controls))
                    .findAny()
                    .orElseGet(() -> new MidiInput(name, controls, this))));
    before.stream().filter(each -> !now.contains(each)).forEach(MidiInput::letGo);
    inputs = List.copyOf(now);
    mapped = List.copyOf(all);
    tend();
  }

  private void tend() {
    inputs.forEach(MidiInput::tend);
  }

  private void showLamps() {
    for (MidiInput input : inputs) {
      input.show(
          control ->
              Parameter.lamp(control, actions.value(Parameter.of(control)), input.isDown(control)));
    }
  }

  private void askForLamps() {
    mapped.stream()
        .filter(control -> control.lamp() != null)
        .map(Parameter::of)
        .filter(song::isOf)
        .distinct()
        .forEach(song::ask);
  }

  /** What is mapped: of the file, then what was learned, by their ids. */
  List<ControlPart> ofTheFile() {
    return installation.controls();
  }

  Map<String, ControlPart> learned() {
    return learned.of(installation);
  }

  Installation installation() {
    return installation;
  }

  /** Reads the file anew, here and in midi-gateway; a bad one changes nothing. */
  CompletionStage<Void> reload() throws InstallationFault {
    Installation next = InstallationFile.read(config);
    return song.reloadInstallation().thenCompose(done -> use(next));
  }

  private CompletionStage<Void> use(Installation next) {
    return CompletableFuture.runAsync(() -> map(next), thread);
  }

  /** What was learned has changed. */
  CompletionStage<Void> mapAnew() {
    return use(installation);
  }

  /** The next key that is pressed; completes exceptionally where none comes in time. */
  CompletionStage<ControlLearner.Pressed> nextKey(String midiIn, long seconds) {
    return learner.next(midiIn, seconds, thread, () -> inputs, this);
  }

  @Override
  public boolean learns(String device, MidiKey key, int pressed) {
    return learner.takes(device, key, pressed);
  }

  @Override
  public void moved(ControlPart control, Move move, double travel) {
    Hand hand = new Hand(Holder.pedal(control.midiIn()), control.meanMs());
    Parameter parameter = Parameter.of(control);
    boolean follows = control.action().kind() == Kind.NUMBER && control.to().isEmpty();
    attempt(
        why -> tell(control.source(), why),
        parameter,
        () ->
            switch (move) {
              case TURNED -> follows ? actions.set(parameter, control.number(travel), hand) : null;
              case DOWN -> follows ? null : press(control, parameter, hand);
              case UP -> {
                boolean holds = control.action().kind() == Kind.HOLD;
                yield holds ? actions.set(parameter, Boolean.FALSE, hand) : null;
              }
              case GONE -> {
                actions.discard(hand.holder());
                yield null;
              }
            });
  }

  private CompletionStage<?> press(ControlPart control, Parameter parameter, Hand hand) {
    Object fixed = Parameter.fixed(control);
    return fixed == null ? actions.press(parameter, hand) : actions.set(parameter, fixed, hand);
  }

  /** The controls of an OSC address of the file. */
  List<ControlPart> at(String address) {
    return mapped.stream().filter(control -> control.osc().equals(address)).toList();
  }

  /** Where something comes from. */
  interface Source {
    /** It was refused: told in its own way. */
    void refused(String why);
  }

  /** Something to do. */
  interface Deed {
    /** Null: there is nothing to do after all. */
    CompletionStage<?> begin();
  }

  /** Does it; what is refused is counted and told. Never throws. */
  void attempt(Source source, Parameter parameter, Deed deed) {
    try {
      CompletionStage<?> begun = deed.begin();
      if (begun != null) {
        begun.whenComplete((end, fault) -> ended(source, parameter, fault));
      }
    } catch (RuntimeException no) {
      ended(source, parameter, no);
    }
  }

  private void ended(Source source, Parameter parameter, Throwable fault) {
    counts.count(fault == null);
    if (fault != null) {
      String why = Call.status(fault).getStatus().getDescription();
      source.refused(parameter.address() + ": " + why);
    }
  }

  /** At most once a second. */
  private void tell(String source, String why) {
    long now = System.nanoTime();
    long said = saidNanos.get();
    if (now - said >= SAY_NANOS && saidNanos.compareAndSet(said, now)) {
      LOG.warnf("%s, %s", source, why);
    }
  }

  void end(@Observes ShutdownEvent end) throws InterruptedException {
    if (thread != null) {
      thread.execute(() -> inputs.forEach(MidiInput::letGo));
      thread.shutdown();
      thread.awaitTermination(END_MS, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public String name() {
    return "controls";
  }

  @Override
  public String status() {
    return inputs.stream()
        .map(MidiInput::status)
        .filter(status -> !status.equals("ok"))
        .reduce((one, other) -> one + "; " + other)
        .orElse("ok");
  }
}
