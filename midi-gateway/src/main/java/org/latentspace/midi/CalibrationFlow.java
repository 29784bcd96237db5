package org.latentspace.midi;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.latentspace.installation.InstallationFault;
import org.latentspace.midi.calibration.Calibration;
import org.latentspace.midi.calibration.Calibrator;
import org.latentspace.midi.outlet.CalibrationStore;

/**
 * How robots are measured.
 *
 * <pre>
 *   order --> Calibrator: strikes, listens through audio-service, fits --> CalibrationStore
 *                                                 ensembles are told anew <--+
 * </pre>
 */
@ApplicationScoped
public class CalibrationFlow {
  @Inject Calibrator calibrator;
  @Inject CalibrationStore store;
  @Inject MidiFlow flow;

  /**
   * Measures a robot, keeps what was found, and plays by it from the next bar lines on.
   *
   * @throws InstallationFault a port cannot be opened any more; what was found is kept
   */
  public Calibration measure(
      Calibrator.Order order, Calibrator.Progress progress, BooleanSupplier givenUp)
      throws InterruptedException, InstallationFault {
    Calibration found = calibrator.measure(order, progress, givenUp);
    store.keep(found);
    flow.retime();
    return found;
  }

  /** Forgets what was measured of a robot. */
  public void delete(String robot) throws InstallationFault {
    store.delete(robot);
    flow.retime();
  }

  public List<Calibration> all() {
    return store.all();
  }
}
