package org.latentspace.kept;

/** The topics of what is kept; keys and values stand in kept.proto and training.proto. */
public enum Topic {
  /** Key performer/pair, value TrainingPair; compacted. */
  TRAINING_PAIRS("training-pairs", true),
  /** Key ensemble/rhythm, value RecordedRhythm; kept for ever. */
  RECORDED_RHYTHMS("recorded-rhythms", false),
  /** Keys model/version and model/active, value ModelEvent; compacted. */
  MODEL_VERSIONS("model-versions", true),
  /** Key job, value Job; compacted. */
  TRAINING_JOBS("training-jobs", true);

  private final String topicName;
  private final boolean compacted;

  Topic(String topicName, boolean compacted) {
    this.topicName = topicName;
    this.compacted = compacted;
  }

  /** As Kafka knows it. */
  public String topicName() {
    return topicName;
  }

  /** Of one key only the newest record need stay; a record without a value takes the key away. */
  public boolean compacted() {
    return compacted;
  }
}
