package org.latentspace.midi.outlet;

import java.util.List;
import java.util.NoSuchElementException;
import org.latentspace.installation.Installation;
import org.latentspace.installation.InstallationFault;

/**
 * An installation as it is played: as its file has it, or with ports that were changed by a call.
 *
 * @param outputs addresses for robots that name no port
 */
public record PlayedInstallation(Installation installation, List<String> outputs) {
  /** The same, but robots that name no port are struck through these addresses. */
  public PlayedInstallation withOutputs(List<String> addresses) throws InstallationFault {
    if (addresses.isEmpty()) {
      throw new InstallationFault(List.of("outputs: must be one address at least"));
    }
    return new PlayedInstallation(installation, List.copyOf(addresses));
  }

  /**
   * The same, but a port of the installation has another address.
   *
   * @throws NoSuchElementException there is no such port
   */
  public PlayedInstallation withPort(String port, String address) throws InstallationFault {
    return new PlayedInstallation(installation.withPort(port, address), outputs);
  }

  /**
   * The same, but a robot has other ports.
   *
   * @throws NoSuchElementException there is no such robot or port
   */
  public PlayedInstallation withRobotPorts(String robot, List<String> ports) {
    return new PlayedInstallation(installation.withRobotPorts(robot, ports), outputs);
  }
}
