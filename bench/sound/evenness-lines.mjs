/** Evenness of what is synthesised, and silence where there should be none. 100 ms RMS round the ring. */
import { largest, mean, median, percentile, powerDb } from './statistics.mjs';
import { line } from './verdicts.mjs';

const WINDOW_SEC = 0.1;
/** 20 ms further than this under the whole ring's level are a hole: tremolo of depth 0.6 goes 8 dB down. */
const HOLE_DB = -30;
const HOLE_SEC = 0.02;
const RINGS = new Set(['cloud', 'drone', 'hiss loop']);

export function measure(texture, { channels, sampleRate }) {
  if (!RINGS.has(texture.kind)) return null;
  const levels = levelsAround(channels, Math.round(WINDOW_SEC * sampleRate));
  const short = levelsAround(channels, Math.round(HOLE_SEC * sampleRate));
  const amplitudes = levels.map(Math.sqrt);
  const average = mean(amplitudes);
  const whole = mean(short);
  return {
    spread: Math.sqrt(mean(amplitudes.map((level) => (level - average) ** 2))) / average,
    range: powerDb(percentile(levels, 0.95) / percentile(levels, 0.05)),
    holes: short.filter((power) => powerDb(power / whole) < HOLE_DB).length / short.length,
  };
}

/** Mean square, all channels together, of windows a quarter of their length apart, round the ring. */
export function levelsAround(channels, window) {
  const { length } = channels[0];
  const count = Math.max(4, Math.round((4 * length) / window));
  return Array.from({ length: count }, (_, i) => {
    const start = Math.round((i * length) / count);
    let sum = 0;
    for (const channel of channels) {
      for (let n = 0; n < window; n++) sum += channel[(start + n) % length] ** 2;
    }
    return sum / window / channels.length;
  });
}

export function lines(kind, measured) {
  const known = measured.filter(Boolean);
  if (known.length === 0) return [];
  const count = known.length;
  const tremolo = kind === 'hiss loop';
  return [
    line(
      kind,
      '100 ms RMS: standard deviation over mean, median',
      median(known.map(({ spread }) => spread)),
      {
        count,
        atMost: tremolo ? null : 0.2,
      },
    ),
    line(
      kind,
      '100 ms RMS: standard deviation over mean, worst',
      largest(known.map(({ spread }) => spread)),
      { count },
    ),
    line(kind, '100 ms RMS: 5th to 95th percentile, median', median(known.map(({ range }) => range)), {
      unit: 'dB',
      count,
      atMost: tremolo ? null : 6,
    }),
    line(
      kind,
      'most silence in one (20 ms more than 30 dB down)',
      100 * largest(known.map(({ holes }) => holes)),
      {
        unit: '%',
        count,
        atMost: 0,
      },
    ),
  ];
}
