package org.latentspace.explorer;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.latentspace.explorer.outlet.PairDisk;
import org.latentspace.explorer.outlet.PointOutlet;
import org.latentspace.explorer.outlet.Recorder;
import org.latentspace.explorer.outlet.WekinatorOutlet;
import org.latentspace.explorer.place.Performers;
import org.latentspace.explorer.teaching.PairBook;
import org.latentspace.explorer.wire.ControlCounts;
import org.latentspace.explorer.wire.ExplorerEchoes;
import org.latentspace.wire.MetricsTable;

/** Shows what explorer-service counts on the metrics page. */
@Singleton
public class ExplorerMetrics {
  @Inject PointOutlet points;
  @Inject ExplorerEchoes echoes;
  @Inject Recorder recorder;
  @Inject Performers performers;
  @Inject PairBook book;
  @Inject PairDisk pairs;
  @Inject WekinatorOutlet wekinator;
  @Inject ControlCounts controls;

  void show(@Observes StartupEvent begin, MeterRegistry registry) {
    echoes.stage().show(registry);
    MetricsTable table = new MetricsTable(registry, "explorer.");
    showPath(table);
    table
        .gauge("pairs", "Pairs that are taught.", book::count)
        .gauge("pairs.waiting", "Changes of pairs that the log does not have yet.", pairs::waiting)
        .counter("pairs.refused", "Changes of pairs that the disk did not take.", pairs::refused)
        .counter("rows.written", "Rows written to the record.", recorder::written)
        .counter("rows.dropped", "Rows that the record has lost to a slow disk.", recorder::dropped)
        .counter(
            "wekinator.placed", "Points that came in on Wekinator's port.", wekinator::placedCount)
        .counter(
            "wekinator.refused",
            "Messages on Wekinator's port that were refused.",
            wekinator::refusedCount)
        .counter("wekinator.sent", "Messages sent to Wekinator's port.", wekinator::sentCount)
        .counter(
            "wekinator.dropped",
            "Messages to Wekinator's port that were dropped.",
            wekinator::droppedCount)
        .counter("controls.done", "What pads, pedals, knobs and OSC have done.", controls::done)
        .counter(
            "controls.refused",
            "What pads, pedals, knobs and OSC wanted and was refused.",
            controls::refused);
  }

  private void showPath(MetricsTable table) {
    table
        .counter("frames.received", "Frames that arrived.", echoes.stage()::receivedCount)
        .counter(
            "frames.refused", "Frames that were bad and skipped.", echoes.stage()::refusedCount)
        .counter("points.sent", "Points handed on to vae-service.", points.vaeService()::sent)
        .counter(
            "points.dropped",
            "Points not handed on: no room, or a newer one.",
            echoes.stage()::droppedCount)
        .counter(
            "vae.redials",
            "How often vae-service had to be called again.",
            points.vaeService()::redials)
        .counter(
            "echoes.returned", "Echoes that came back from vae-service.", echoes::returnedCount)
        .counter(
            "echoes.missed", "Echoes that a slow watcher did not get.", echoes.watchers()::missed)
        .gauge(
            "performers",
            "Performers who were heard in the last ten seconds.",
            () -> performers.present().taken(System.nanoTime()))
        .gauge("watchers", "Screens and researchers that watch.", echoes.watchers()::count);
  }
}
