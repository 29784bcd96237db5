package org.latentspace.kept;

import static org.latentspace.wire.Until.until;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A follower's handler that notes what it hears, for tests. */
public final class Heard implements KeptLog.Handler {
  private final List<KeptRecord> records = Collections.synchronizedList(new ArrayList<>());

  @Override
  public void hear(KeptRecord record) {
    records.add(record);
  }

  public List<KeptRecord> records() {
    synchronized (records) {
      return List.copyOf(records);
    }
  }

  public int count() {
    return records.size();
  }

  /** As key=value, key=- for a tombstone. */
  public List<String> lines() {
    return records().stream().map(Heard::line).toList();
  }

  /** What an idempotent reader has in the end: each key's newest value. */
  public Map<String, String> state() {
    Map<String, String> state = new LinkedHashMap<>();
    for (KeptRecord record : records()) {
      if (record.value() == null) {
        state.remove(record.key());
      } else {
        state.put(record.key(), text(record.value()));
      }
    }
    return state;
  }

  /** Waits until it has heard so many. */
  public void await(int count) {
    until("heard: " + count, () -> count() >= count);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static String line(KeptRecord record) {
    return record.key() + "=" + (record.value() == null ? "-" : text(record.value()));
  }
}
