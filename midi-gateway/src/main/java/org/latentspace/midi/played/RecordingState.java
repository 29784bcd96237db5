package org.latentspace.midi.played;

/**
 * How the recording goes.
 *
 * @param on whether played loops are recorded
 * @param recorded records that are on disk, since the start
 * @param lost records that could not be kept, and moments for which the recorder was too slow
 * @param waiting records on disk that the log has not taken yet
 * @param status "ok", or what is missing
 */
public record RecordingState(boolean on, long recorded, long lost, long waiting, String status) {}
