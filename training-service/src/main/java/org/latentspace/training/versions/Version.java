package org.latentspace.training.versions;

import java.util.Map;

/**
 * A version of a model: what it is, how good it is, where it comes from.
 *
 * @param sha256 of the whole file, 64 hexadecimal digits
 * @param job that made it; empty for one that was brought in
 * @param continuedFrom version that the training began with, or empty
 * @param scoreCard JSON as in the model file, or empty
 * @param provenance the file's other metadata
 * @param deleted only its name is left, so that it is never used again
 */
public record Version(
    String model,
    String name,
    String sha256,
    long bytes,
    long createdMillis,
    String job,
    String continuedFrom,
    String scoreCard,
    Map<String, String> provenance,
    boolean deleted) {

  /**
   * Where a model file comes from.
   *
   * @param wallSeconds how long the training took; 0: not known
   */
  public record Origin(String job, String continuedFrom, long createdMillis, double wallSeconds) {
    /** The origin of an upload. */
    public static Origin upload(long nowMillis) {
      return new Origin("", "", nowMillis, 0);
    }
  }

  public Version {
    provenance = Map.copyOf(provenance);
  }

  /** As it is known to others: model/version. */
  public String key() {
    return model + "/" + name;
  }

  Version withoutAll() {
    return new Version(
        model, name, sha256, 0, createdMillis, job, continuedFrom, "", Map.of(), true);
  }
}
