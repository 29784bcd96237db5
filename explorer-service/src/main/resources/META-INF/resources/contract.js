// @ts-check
// What the page uses of the contract's messages (proto/src/main/proto), as protobuf's JSON has them:
// types alone. Whole numbers of 64 bits are texts; messages that are not set are left out.

/** @typedef {{count: string, p50Us: number, p99Us: number}} Latency */
/** @typedef {{stage: string, received: string, sent: string, dropped: string, refused: string,
 *   own?: Latency, sinceCapture?: Latency, status: string}} StageStatus */
/** @typedef {{performer: string, soundNanos: string}} Origin */
/** @typedef {{name: string, size: number, stale: boolean}} Sense */
/** @typedef {{origin: Origin, frame: string, vector: number[], raw: Record<string, number>,
 *   pitchMidi: number, silent: boolean, levelDbfs: number, senses: Sense[],
 *   senseRaw: number[]}} FeatureFrame */
/** @typedef {{position: number[], noise: number, zRampMs: number}} LatentPoint */
/** @typedef {{origin: Origin, modelVersion: string, bars: number, beatsPerBar: number,
 *   beatUnit: number, stepsPerBeat: number, voices: string[], step: number[], voice: number[],
 *   velocity: number[], offset: number[], position: number[]}} Rhythm */
/** @typedef {{bar: string, beat: number, bpm: number, playing: boolean,
 *   stopped: boolean, clock: string}} SongPosition */
/** @typedef {{name: string, reason: string}} RefusedSense */
/** @typedef {{mapping: string, extrapolation: number, heldSenses: string[], remark: string,
 *   drift: number, playingTrajectory: string, recordingTrajectory: string, morphingPreset: string,
 *   morph: number, refusedSenses: RefusedSense[], holder: string, heldS: number}} Exploring */
/** @typedef {{ensemble: string, leader: string, position?: SongPosition, strokes: string,
 *   silent: boolean, mute: boolean, solo: boolean, rhythm?: Rhythm}} EnsembleStatus */
/** @typedef {{origin: Origin, features: FeatureFrame, point: LatentPoint, rhythm?: Rhythm,
 *   position?: SongPosition, strokes: string, strokesDropped: string, stages: StageStatus[],
 *   exploring: Exploring, ensemble: string, ensembles: EnsembleStatus[]}} Echo */
/** @typedef {{mode: string, sending: string, position: number[], noise: number, zRampMs: number,
 *   motion: string, bounds: string, maxSpeed: number, autonomy: number,
 *   autoFit: boolean}} ExplorerSettings */
/** @typedef {{echo: Echo, settings: ExplorerSettings, ended: boolean, missedFrames: number,
 *   pairsRevision: number}} PerformerNow */
/** @typedef {{performer: string, stages: StageStatus[]}} MissingInput */
/** @typedef {{performers: PerformerNow[], missing: MissingInput[]}} PageEvent */
/** @typedef {{pair: string, output: number[], target: number[], motion: string,
 *   frames: number}} TrainingPair */
/** @typedef {{version: string, createdAt: string, pairs: number, loss: number, lossCurve: number[],
 *   leaveOneOut?: number, pairErrors: {pair: string, error: number}[]}} MappingVersion */
/** @typedef {{robot: string, ensemble: string, mute: boolean, solo: boolean, silent: boolean,
 *   strokes: string, tooClose: string, overDuty: string, muted: string,
 *   calibrations: {voice: string}[]}} Robot */
/** @typedef {{address: string, strokes: string, status: string, dropped: string, hung: string,
 *   mostAtOnce: number, smearMs: number}} Port */
/** @typedef {{x: number, y: number, strokes: number, density: number, novelty: number,
 *   nearest: string, voice: string}} MapCell */
/** @typedef {{side: number, cells: MapCell[], unique: number}} MapReply */

export {};
