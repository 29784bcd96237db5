package org.latentspace.training.versions;

/**
 * From a moment on, this version plays.
 *
 * @param version or {@link ModelNames#BUILT_IN}: the model that the player itself was configured
 *     with
 * @param previous where going back leads; empty at the bottom
 * @param reason "researcher", "policy" or "roll back"
 * @param sha256 of the version's file; empty for the built-in one
 */
public record ModelActivation(
    String model,
    String version,
    String previous,
    long activatedMillis,
    String reason,
    String sha256,
    long bytes) {

  public boolean builtIn() {
    return version.equals(ModelNames.BUILT_IN);
  }
}
