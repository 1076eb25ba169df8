/** Lengths against those that the config asks for. Pads may be up to a tenth off for a better seam; what is made on
 * a ring or fades out by itself has no reason to be off by a sample. */
import { largest } from './statistics.mjs';
import { line } from './verdicts.mjs';

/** Of the length asked for: so far a pad may be off for a better seam. */
const MOST_OFF = 0.1;
/** A frame more is rounding. */
const ROUNDING = 1;

/** Seconds that the settings ask for, by kind; of several the one nearest to what was made counts. */
const ASKED = {
  'mined pad': ({ pad_miner }) => pad_miner.target_durations_sec,
  'pad loop': ({ drones }, factor) => [factor * drones.pad_loop_duration_sec],
  drone: ({ drones }) => [drones.drone_duration_sec],
  swell: ({ drones }) => [drones.swell_duration_sec],
  cloud: ({ clouds }) => [clouds.cloud_duration_sec],
  'hiss loop': ({ hiss }) => [hiss.loop_duration_sec],
};
const BEATS_PER_BAR = 4;
/** Kinds that the grid changes. */
const ON_GRID = new Set(['mined pad', 'pad loop', 'cloud', 'hiss loop']);

export function measure(texture, { channels, sampleRate }, project) {
  if (!ASKED[texture.kind] || !project) return null;
  const { settings } = project;
  const factor = Number(/stretch([\d.]+)x/.exec(texture.variant)?.[1] ?? 1);
  const bars = ON_GRID.has(texture.kind) ? barLengths(settings.musicality, factor) : null;
  if (bars?.length === 0) return null;
  const asked = bars ?? ASKED[texture.kind](settings, factor);
  const frames = channels[0].length;
  const off = asked
    .map((seconds) => frames - Math.round(seconds * sampleRate))
    .reduce((least, each) => (Math.abs(each) < Math.abs(least) ? each : least));
  return { frames: off, share: off / (frames - off), isLoose: texture.kind.includes('pad') && bars === null };
}

/** Bars in seconds; null off the grid; none where only the engine knows the tempo to the digit. */
function barLengths({ snap_to_grid, reference_bpm, bar_lengths }, factor) {
  if (!snap_to_grid) return null;
  if (typeof reference_bpm !== 'number') return [];
  return bar_lengths.map((bars) => (factor * bars * BEATS_PER_BAR * 60) / reference_bpm);
}

export function lines(kind, measured) {
  const known = measured.filter(Boolean);
  if (known.length === 0) return [];
  const count = known.length;
  if (known.some(({ isLoose }) => isLoose)) {
    const worst = largest(known.map(({ share }) => Math.abs(share)));
    return [
      line(kind, 'length against what was asked, worst', 100 * worst, {
        unit: '%',
        count,
        atMost: 100 * MOST_OFF + 0.01,
      }),
    ];
  }
  const worst = largest(known.map(({ frames }) => Math.abs(frames)));
  return [
    line(kind, 'length against what was asked, worst', worst, { unit: 'frames', count, atMost: ROUNDING }),
  ];
}
