package org.latentspace.vae.versions;

/**
 * A model that is here, on its way here, or was refused.
 *
 * @param model line of versions, or empty for a file of this player
 * @param version its name
 * @param sha256 of the file
 * @param state see {@link State}
 * @param reason why it was refused or is not here yet, else empty
 */
public record KnownModel(String model, String version, String sha256, State state, String reason) {

  /** What a held model is doing. */
  public enum State {
    PLAYING("playing"),
    /** A roll back goes there. */
    BEFORE("before"),
    CACHED("cached"),
    /** The player's own, of its configuration. */
    BUILT_IN("built in"),
    FETCHING("fetching"),
    REFUSED("refused");

    private final String word;

    State(String word) {
      this.word = word;
    }

    /** As the contract says it. */
    public String word() {
      return word;
    }
  }
}
