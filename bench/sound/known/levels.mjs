/** Levelling: in loudness mode as loud as asked under the ceiling, in peak mode at it; loops measured going round. */
import { defaultSettings } from '../../../dist/config/defaults.js';
import { levelTexture } from '../../../dist/curation/level.js';
import { loudnessOf } from '../loudness.mjs';
import { largest } from '../statistics.mjs';
import { truePeakDb } from '../true-peak.mjs';
import { line } from '../verdicts.mjs';
import { chord, RATE, tones, whiteNoise } from './signals.mjs';

const GROUP = 'known: levels';
/** Two interpolators may differ so far on noise that reaches to half the sample rate. */
const MOST_PEAK_ERROR_DB = 0.15;

export function levelLines() {
  const frames = 2 * RATE;
  const sounds = [
    [tones([{ hz: 440 }], frames)],
    [chord([45, 52, 60], frames), chord([45, 52, 60], frames)],
    [whiteNoise(0.3 * RATE, 0.01, 'level')],
    // A quarter of the rate, on the middle between samples: its true peak is 3 dB over its samples.
    [tones([{ hz: RATE / 4, phase: Math.PI / 4 }], frames)],
  ].map((channels) => ({ sampleRate: RATE, channels }));
  const matched = defaultSettings().global;
  const peak = { ...matched, normalization: 'peak' };
  const loud = { ...peak, normalization: 'loudness', target_lufs: -18 };
  const levelled = (sound, settings) => levelTexture(textureOf(sound), settings).sound;
  const peaks = sounds.map((sound) => truePeakDb(levelled(sound, peak).channels, true));
  const loudnesses = sounds.map((sound) => loudnessOf(levelled(sound, loud).channels, RATE, true));
  const offset = { sampleRate: RATE, channels: [chord([45, 52], frames).map((x) => x + 0.1)] };
  const [centred] = levelled(offset, peak).channels;
  return [
    line(
      GROUP,
      'peak mode: true peak off its target, worst',
      largest(peaks.map((db) => Math.abs(db - peak.target_peak_dbfs))),
      {
        unit: 'dB',
        count: sounds.length,
        atMost: MOST_PEAK_ERROR_DB,
      },
    ),
    line(
      GROUP,
      'loudness mode: LUFS, tiled, off -18, worst',
      largest(loudnesses.map((lufs) => Math.abs(lufs + 18))),
      {
        unit: 'LU',
        count: sounds.length,
        atMost: 0.1,
      },
    ),
    line(
      GROUP,
      'DC of a tenth of full scale: what is left',
      20 * Math.log10(Math.abs(centred.reduce((sum, x) => sum + x, 0) / frames) + 1e-10),
      {
        unit: 'dBFS',
        atMost: -60,
      },
    ),
  ];
}

function textureOf(sound) {
  return {
    family: 'pad',
    variant: '',
    index: 1,
    sound,
    origin: { startSec: 0, endSec: 1 },
    loop: { kind: 'ring' },
    targetPeakDb: -1,
  };
}
