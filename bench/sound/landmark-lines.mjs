/**
 * What comes back with every round of a loop: the strongest event against the median change (landmark), and how far the
 * level rises and falls in one to four cycles a round (swell). Log-mel frames and levels are the bench's own: 48 bands,
 * windows of 100 ms; the loop is tiled, so that the second round's frames see nothing but the loop.
 */
import { levelsAround } from './evenness-lines.mjs';
import { melDistance, tiledLogMel } from './log-mel.mjs';
import { largest, median, powerDb, share } from './statistics.mjs';
import { line, shareLine } from './verdicts.mjs';

export const LANDMARK = { times: 3, db: 3 };
export const SWELL_DB = 1.5;
/** Largest shares of loops with either. What is not named here is only told. */
const MOST = {
  'mined pad': { landmarks: 0.03, swells: 0.05 },
  'pad loop': { landmarks: 0.03, swells: 0.05 },
  bed: { landmarks: 0, swells: 0 },
};
const KINDS = new Set(['mined pad', 'pad loop', 'drone', 'bed', 'cloud', 'dust', 'room tone']);
/** Two frames that are compared lie half a window apart. */
const HOPS = 2;
const LEAST_MEDIAN_DB = 0.25;
const LEVEL_SEC = 0.1;
const CYCLES = 4;
/** A channel this far under the louder one is not heard by itself, as a ratio of energies. */
const HEARD = 1e-3;

export function measure(texture, { channels, sampleRate }) {
  if (!texture.loops || !KINDS.has(texture.kind)) return null;
  return { texture, landmark: landmarkOf(channels, sampleRate), swellDb: swellOf(channels, sampleRate) };
}

/** @returns {{ times: number, db: number }} of the channel in which both are largest */
export function landmarkOf(channels, sampleRate) {
  const energies = channels.map((channel) => channel.reduce((sum, x) => sum + x * x, 0));
  const heard = channels.filter((_, c) => energies[c] >= HEARD * largest(energies));
  return heard
    .map((channel) => channelLandmark(channel, sampleRate))
    .reduce((worst, each) => (severity(each) > severity(worst) ? each : worst));
}

function channelLandmark(channel, sampleRate) {
  const changes = changesAround(channel, sampleRate);
  const db = largest(changes);
  return { times: db / Math.max(median(changes), LEAST_MEDIAN_DB), db };
}

/** Change of the spectrum from half a window before, frame by frame once round the loop, dB a band. */
export function changesAround(channel, sampleRate) {
  const { size, hop, frames } = tiledLogMel(channel, sampleRate);
  // One round, wherever it begins: the frames go on as long as the tiled loop does.
  const first = Math.ceil(size / hop);
  const round = Math.min(Math.round(channel.length / hop), frames.length - first);
  return Array.from({ length: round }, (_, i) => melDistance(frames[first + i], frames[first + i - HOPS]));
}

/** 1 and more for a landmark. */
export const severity = ({ times, db }) => Math.min(times / LANDMARK.times, db / LANDMARK.db);

/** Peak to trough of the first components of the level round the loop, dB. */
export function swellOf(channels, sampleRate) {
  const levels = levelsAround(channels, Math.round(LEVEL_SEC * sampleRate)).map((power) => powerDb(power));
  const count = levels.length;
  const course = new Float64Array(count);
  for (let k = 1; k <= CYCLES; k++) {
    const turn = (2 * Math.PI * k) / count;
    const real = levels.reduce((sum, level, i) => sum + level * Math.cos(turn * i), 0);
    const imaginary = levels.reduce((sum, level, i) => sum + level * Math.sin(turn * i), 0);
    for (let i = 0; i < count; i++) {
      course[i] += (2 / count) * (real * Math.cos(turn * i) + imaginary * Math.sin(turn * i));
    }
  }
  return largest(course) + largest(course.map((level) => -level));
}

export const isLandmark = (landmark) => severity(landmark) >= 1;

export function lines(kind, measured) {
  const known = measured.filter(Boolean);
  if (known.length === 0) return [];
  const count = known.length;
  const most = MOST[kind];
  const limits = (share) => (share === undefined ? {} : { atMost: share });
  const unremarked = known
    .filter(({ landmark }) => isLandmark(landmark))
    .filter(({ texture }) => texture.row.grade === 'A');
  return [
    shareLine(
      kind,
      'landmark: an event of 3 times the median change and 3 dB a band',
      share(known, ({ landmark }) => isLandmark(landmark)),
      count,
      limits(most?.landmarks),
    ),
    line(kind, 'landmark: loops with one that are graded A', unremarked.length, { count, atMost: 0 }),
    line(
      kind,
      'strongest event over the median change, median loop',
      median(known.map(({ landmark }) => landmark.times)),
      {
        count,
      },
    ),
    shareLine(
      kind,
      'swell: over 1.5 dB',
      share(known, ({ swellDb }) => swellDb > SWELL_DB),
      count,
      limits(most?.swells),
    ),
    line(kind, 'swell, median loop', median(known.map(({ swellDb }) => swellDb)), { unit: 'dB', count }),
    shareLine(
      kind,
      'bench and engine (manifest) agree on landmark and swell',
      share(known, ({ texture: { row }, landmark, swellDb }) => {
        const told = { times: Number(row.landmark_times), db: Number(row.landmark_db) };
        return (
          isLandmark(told) === isLandmark(landmark) && Number(row.swell_db) > SWELL_DB === swellDb > SWELL_DB
        );
      }),
      count,
    ),
  ];
}
