package org.latentspace.path;

import static org.latentspace.wire.Until.until;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.latentspace.kept.KafkaLog;
import org.latentspace.kept.KeptLog;
import org.latentspace.kept.Topic;
import org.latentspace.proto.RecordedRhythm;
import org.latentspace.proto.Rhythm;

/**
 * What a reader of the whole log has in the end.
 *
 * @param pairs keys of those that were not taken away
 * @param pairRecords how many records there are of a pair
 * @param rhythms played loops by key, without the point that they were decoded from
 * @param records of loops, those that came again counted again
 */
record LogContents(
    Set<String> pairs, Map<String, Integer> pairRecords, Map<String, Rhythm> rhythms, int records) {
  static LogContents read(String address, int seconds) {
    Set<String> pairs = ConcurrentHashMap.newKeySet();
    Map<String, Integer> pairRecords = new ConcurrentHashMap<>();
    Map<String, Rhythm> rhythms = new ConcurrentHashMap<>();
    AtomicInteger records = new AtomicInteger();
    try (KeptLog log = new KafkaLog(address, Map.of());
        KeptLog.Following first =
            log.follow(
                Topic.TRAINING_PAIRS,
                "outage-test",
                KeptLog.Start.BEGINNING,
                record -> {
                  pairRecords.merge(record.key(), 1, Integer::sum);
                  if (record.value() == null) {
                    pairs.remove(record.key());
                  } else {
                    pairs.add(record.key());
                  }
                });
        KeptLog.Following second =
            log.follow(
                Topic.RECORDED_RHYTHMS,
                "outage-test",
                KeptLog.Start.BEGINNING,
                record -> {
                  rhythms.put(record.key(), rhythm(record.value()));
                  records.incrementAndGet();
                })) {
      until("the log is read", seconds, () -> first.caughtUp() && second.caughtUp());
    }
    return new LogContents(pairs, pairRecords, rhythms, records.get());
  }

  private static Rhythm rhythm(byte[] record) {
    try {
      Rhythm rhythm = RecordedRhythm.parseFrom(record).getRhythm();
      return rhythm.toBuilder().clearPosition().clearOrigin().clearModelVersion().build();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
