package org.latentspace.explorer.teaching;

/**
 * Who holds a pair: what holds it is the same when it comes again, and is gone at once when that is
 * gone.
 *
 * @param id of the page, the pedals' input, the caller or the call
 * @param text who that is, for people
 */
public record Holder(String id, String text) {

  /** A page of the screen: as long as it is open. */
  public static Holder page(String page, String address) {
    return new Holder("page/" + page, "a page on " + address);
  }

  /** The pedals of a MIDI input: as long as it is there. */
  public static Holder pedal(String midiIn) {
    return new Holder("pedal/" + midiIn, "the pedal on " + midiIn);
  }

  /** Somebody who begins and ends by two calls; those who give no name are one. */
  public static Holder caller(String name) {
    return new Holder("caller/" + name, name.isEmpty() ? "a gRPC caller" : "gRPC caller " + name);
  }

  /** One call: as long as it is not cancelled. */
  public static Holder call(String id) {
    return new Holder("call/" + id, "a gRPC call");
  }
}
