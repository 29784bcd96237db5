package org.latentspace.vae.versions;

import java.util.Locale;
import java.util.regex.Pattern;
import org.latentspace.model.ModelFault;
import org.latentspace.performer.Name;
import org.latentspace.vae.model.Model;

/**
 * The order that a version plays from now on.
 *
 * @param model line of versions, 1..64 characters of [a-z0-9-]
 * @param version 1..64 characters of [A-Za-z0-9._-]; {@link #BUILT_IN}: the player's own model
 * @param sha256 of the version's file, 64 hexadecimal digits; empty for the player's own model
 * @param bytes size of the file; 0: unknown
 * @param atNanos Unix time of the activation
 */
public record ModelActivation(
    String model, String version, String sha256, long bytes, long atNanos) {
  /** Name of the version that every player has: the one of its configuration. */
  public static final String BUILT_IN = "built-in";

  /** Largest file of a version. */
  public static final long MOST_BYTES = 64L << 20;

  private static final Pattern MODEL = Pattern.compile("[a-z0-9-]{1,64}");
  private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

  /**
   * Names come from outside and become file names: only letters of the contract are let in.
   *
   * @throws IllegalArgumentException naming what is wrong
   */
  public ModelActivation {
    require(MODEL, "model", model);
    require(VERSION, "version", version);
    sha256 = sha256.toLowerCase(Locale.ROOT);
    if (!version.equals(BUILT_IN) || !sha256.isEmpty()) {
      require(SHA_256, "sha256", sha256);
    }
    if (bytes < 0) {
      throw new IllegalArgumentException("bytes is " + bytes + ", must be 0 or more");
    }
  }

  /** Whether the player's own model is meant, for which there is nothing to fetch. */
  public boolean isOwn() {
    return sha256.isEmpty();
  }

  /** Whether it is of another line of versions and older. */
  boolean isOfAnOlderTime(ModelActivation than) {
    return !model.equals(than.model) && atNanos < than.atNanos;
  }

  /** "model/version", as messages say it. */
  public String name() {
    return model + "/" + version;
  }

  /** Whether a name may be a line of versions. */
  public static boolean isLine(String name) {
    return MODEL.matcher(name).matches();
  }

  /**
   * Makes a model of a version's bytes if they are what was announced and can be played.
   *
   * @throws ModelFault naming the version and what is wrong
   */
  public Model verify(byte[] file) throws ModelFault {
    if (bytes != 0 && file.length != bytes) {
      throw new ModelFault(name(), "has " + file.length + " bytes, must have " + bytes);
    }
    String sum = Model.sha256(file);
    if (!sum.equals(sha256)) {
      throw new ModelFault(name(), "sha256 is " + sum + ", must be " + sha256);
    }
    return Model.read(name(), file).named(version);
  }

  private static void require(Pattern pattern, String what, String value) {
    if (!pattern.matcher(value).matches()) {
      throw new IllegalArgumentException(
          what + " is " + Name.shown(value) + ", must be " + pattern.pattern());
    }
  }
}
