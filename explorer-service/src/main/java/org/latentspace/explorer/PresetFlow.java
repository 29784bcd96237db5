package org.latentspace.explorer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.latentspace.explorer.outlet.PresetOutlet;
import org.latentspace.explorer.outlet.SettingsOutlet;
import org.latentspace.explorer.place.Mode;
import org.latentspace.explorer.place.Performer;
import org.latentspace.explorer.preset.Preset;
import org.latentspace.explorer.teaching.Refusal;

/** Presets: all that is set and the point, to go back to; read {@link ExplorerFlow} first. */
@ApplicationScoped
public class PresetFlow {
  @Inject ExplorerFlow flow;
  @Inject PresetOutlet presets;
  @Inject SettingsOutlet kept;

  /** Completes when all settings and the point are on disk; fails with a {@link Refusal}. */
  public CompletionStage<Preset> store(Performer performer, String name) {
    Preset preset = new Preset(name, performer.choices(), performer.newest());
    return presets.store(performer.name(), preset);
  }

  /**
   * Goes to a preset.
   *
   * @param morphSeconds 0..60
   * @throws Refusal UNKNOWN
   */
  public Preset recall(Performer performer, String name, double morphSeconds) {
    Preset preset = presets.find(performer.name(), name);
    performer.recall(name, preset.settings(), preset.point(), morphSeconds);
    kept.note(performer);
    if (morphSeconds == 0 && performer.mode() == Mode.SELECT && performer.due() != null) {
      flow.sendNow(performer);
    }
    return preset;
  }

  /** Completes when the disk has forgotten it; fails with a {@link Refusal}. */
  public CompletionStage<Preset> forget(String performer, String name) {
    return presets.forget(performer, name);
  }

  public List<Preset> of(String performer) {
    return presets.of(performer);
  }
}
