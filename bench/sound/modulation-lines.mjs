/**
 * Slow movement of rings: a tremolo makes a whole number of cycles, and a drone goes on changing.
 *
 * Tremolo: the levels (RMS of 10 ms) round the loop, Fourier transformed; bin k is k cycles in the loop. All of
 * the tremolo must stand in the one bin of its rate; with half a cycle too many it would spread over several.
 * Drone: its mean log-mel spectrum, whatever its level, in each eighth of its length against every other eighth.
 */
import { levelsAround } from './evenness-lines.mjs';
import { colour, logMel, melDistance } from './log-mel.mjs';
import { median, powerDb } from './statistics.mjs';
import { line } from './verdicts.mjs';

const LEVEL_SEC = 0.01;
const PARTS = 8;
/** Bin of the tremolo over the larger of its neighbours, dB: half a cycle off gives about 0. */
const LEAST_PURITY_DB = 6;
/** Two eighths that differ by less sound the same, dB a band. */
const LEAST_CHANGE_DB = 0.1;

export function measure(texture, { channels, sampleRate }, project) {
  if (texture.kind === 'drone') return { change: leastChange(channels[0], sampleRate) };
  const rate = project?.settings.hiss.tremolo_rate_hz ?? 0;
  if (texture.kind !== 'hiss loop' || rate === 0 || project.settings.hiss.tremolo_depth === 0) return null;
  const cycles = Math.round((rate * channels[0].length) / sampleRate);
  if (cycles < 2) return null;
  return tremolo(channels, sampleRate, cycles);
}

/** @returns {{ purityDb: number, depth: number }} the bin over its neighbours; depth as the config has it, 0 to 1 */
export function tremolo(channels, sampleRate, cycles) {
  const levels = levelsAround(channels, Math.round(LEVEL_SEC * sampleRate)).map(Math.sqrt);
  const at = (k) => {
    let [re, im] = [0, 0];
    levels.forEach((level, i) => {
      re += level * Math.cos((2 * Math.PI * k * i) / levels.length);
      im -= level * Math.sin((2 * Math.PI * k * i) / levels.length);
    });
    return re * re + im * im;
  };
  const own = at(cycles);
  const ratio = 2 * Math.sqrt(own / at(0));
  return {
    purityDb: powerDb(own / Math.max(at(cycles - 1), at(cycles + 1))),
    // 1 - d/2 + d/2·cos has a ratio of (d/2)/(1 - d/2).
    depth: (2 * ratio) / (1 + ratio),
  };
}

/** The smallest difference between two eighths, dB a band. */
function leastChange(samples, sampleRate) {
  const length = Math.floor(samples.length / PARTS);
  const colours = Array.from({ length: PARTS }, (_, i) =>
    colour(logMel(samples.subarray(i * length, (i + 1) * length), sampleRate)),
  );
  let least = Infinity;
  for (let i = 0; i < PARTS; i++) {
    for (let k = 0; k < i; k++) least = Math.min(least, melDistance(colours[i], colours[k]));
  }
  return least;
}

export function lines(kind, measured, project) {
  const known = measured.filter(Boolean);
  if (known.length === 0) return [];
  const count = known.length;
  if (kind === 'drone') {
    return [
      line(
        kind,
        'least change of colour between two eighths of a drone',
        Math.min(...known.map(({ change }) => change)),
        {
          unit: 'dB',
          count,
          atLeast: LEAST_CHANGE_DB,
        },
      ),
    ];
  }
  const depth = project.settings.hiss.tremolo_depth;
  return [
    line(
      kind,
      'tremolo: its whole number of cycles over one more or less, least',
      Math.min(...known.map(({ purityDb }) => purityDb)),
      {
        unit: 'dB',
        count,
        atLeast: LEAST_PURITY_DB,
      },
    ),
    line(
      kind,
      `tremolo: depth (asked ${depth}), median off by`,
      Math.abs(median(known.map((each) => each.depth)) - depth),
      {
        count,
        atMost: 0.1,
      },
    ),
  ];
}
