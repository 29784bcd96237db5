package org.latentspace.explorer.inlet;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.latentspace.explorer.TeachingFlow;
import org.latentspace.explorer.place.Performer;
import org.latentspace.explorer.place.Performers;
import org.latentspace.explorer.wire.ExplorerEchoes;
import org.latentspace.explorer.wire.MessageJson;
import org.latentspace.explorer.wire.SettingsWire;
import org.latentspace.proto.Echo;
import org.latentspace.proto.MissingInput;
import org.latentspace.proto.PageEvent;
import org.latentspace.proto.PerformerNow;

/** Says the newest of every performer's path, for pages. */
@ApplicationScoped
public class PageEvents {
  @Inject Performers performers;
  @Inject ExplorerEchoes echoes;
  @Inject TeachingFlow teaching;

  /** A PageEvent as one line of JSON, with every field. */
  String json() {
    PageEvent.Builder event = PageEvent.newBuilder();
    for (Performer performer : performers.all()) {
      Echo echo = echoes.newest(performer);
      if (echo != null) {
        event.addPerformers(now(performer, echo));
      }
    }
    echoes
        .missing(System.nanoTime())
        .forEach(
            (name, stages) ->
                event.addMissing(
                    MissingInput.newBuilder().setPerformer(name).addAllStages(stages)));
    return MessageJson.writeWhole(event.build());
  }

  private PerformerNow now(Performer performer, Echo echo) {
    return PerformerNow.newBuilder()
        .setEcho(echo)
        .setSettings(SettingsWire.settings(performer.name(), performer.choices()))
        .setEnded(performer.ended())
        .setMissedFrames((int) performer.missed())
        .setPairsRevision((int) teaching.revision(performer.name()))
        .build();
  }
}
