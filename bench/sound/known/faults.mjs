/**
 * Deliberate faults: each must turn its figure red. A bench that lets one of them pass measures nothing.
 */
import { butterworthLowPass } from '../../../dist/dsp/butterworth.js';
import { filter } from '../../../dist/dsp/filter.js';
import { Random } from '../../../dist/dsp/random.js';
import { stretch } from '../../../dist/dsp/stretch.js';
import * as copies from '../copies-lines.mjs';
import * as evenness from '../evenness-lines.mjs';
import * as level from '../level-lines.mjs';
import * as repetition from '../repetition-lines.mjs';
import * as seam from '../seam-lines.mjs';
import { stereoError } from '../stereo-error.mjs';
import { line } from '../verdicts.mjs';
import { chord, RATE, tones, whiteNoise } from './signals.mjs';

const FRAMES = 2 * RATE;
const sound = (...channels) => ({ sampleRate: RATE, channels });
/** A row as the export's reader gives it. */
const texture = (kind, more = {}) => ({
  kind,
  loops: true,
  source: 'known',
  sourcePath: '',
  variant: '',
  startSec: 0,
  endSec: 2,
  row: { true_peak_dbtp: '-1', seam_step: '0', seam_level_db: '0', seam_flux: '0', loop_error_db: '-120' },
  ...more,
});

/** The figure that each fault must turn red, by how it begins. */
const TURNS_RED = {
  'DC left in': 'largest DC',
  'one channel twice': 'stereo error',
  'a filter that does not go round': 'seam: step',
  'grains that are not normalised': '100 ms RMS: standard deviation',
  'a stretch the wrong way': 'length',
  'the same pad twice': 'pairs',
  'a ring that says everything twice': 'rings that repeat',
};

const FAULTS = {
  'DC left in': async () => {
    const off = chord([45, 52], FRAMES).map((x) => x + 0.05);
    return level.lines('mined pad', [level.measure(texture('mined pad'), sound(off))]);
  },
  'one channel twice': async () => {
    const wide = [
      tones([{ hz: 220 }, { hz: 331, phase: 1 }], FRAMES),
      tones([{ hz: 220, phase: 2 }, { hz: 331 }], FRAMES),
    ];
    const error = Math.abs(stereoError([wide[0], wide[0]], [wide], RATE, 0));
    return [line('', 'stereo error', error, { atMost: 0.05 })];
  },
  'a filter that does not go round': async () => {
    const causal = filter(whiteNoise(FRAMES, 0.1, 'fault'), butterworthLowPass(4, 600, RATE));
    return seam.lines('cloud', [await seam.measure(texture('cloud'), sound(causal))]);
  },
  'grains that are not normalised': async () => {
    const ring = new Float32Array(FRAMES);
    const random = new Random('bench', 'fault');
    const tone = tones([{ hz: 440 }], FRAMES);
    for (let grain = 0; grain < 40; grain++) {
      const at = random.below(FRAMES);
      for (let n = 0; n < 4410; n++) ring[(at + n) % FRAMES] += Math.sin((Math.PI * n) / 4410) ** 2 * tone[n];
    }
    return evenness.lines('cloud', [evenness.measure(texture('cloud'), sound(ring))]);
  },
  'a stretch the wrong way': async () => {
    const { channels } = await stretch(sound(chord([45, 52], FRAMES)), { factor: 1 / 2, semitones: 0 });
    return [line('', 'length', Math.abs(channels[0].length - 2 * FRAMES), { atMost: 0 })];
  },
  'the same pad twice': async () => {
    const pad = sound(chord([45, 52, 57], FRAMES).map((x, n) => x + 0.02 * Math.sin(n * n)));
    return copies.lines(
      'mined pad',
      [1, 2].map(() => copies.measure(texture('mined pad'), pad)),
    );
  },
  'a ring that says everything twice': async () => {
    const once = whiteNoise(FRAMES, 0.1, 'twice');
    const twice = new Float32Array(2 * FRAMES);
    twice.set(once);
    twice.set(once, FRAMES);
    return repetition.lines('cloud', [await repetition.measure(texture('cloud'), sound(twice))]);
  },
};

export async function faultLines() {
  const lines = [];
  for (const [name, make] of Object.entries(FAULTS)) {
    const misses = (await make()).filter(
      ({ figure, verdict }) => verdict === 'MISS' && figure.startsWith(TURNS_RED[name]),
    ).length;
    lines.push(line('control: faults', `${name}: figures that turn red`, misses, { atLeast: 1 }));
  }
  return lines;
}
