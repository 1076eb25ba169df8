/** Stretching and shifting of partials that are known: pitch, length, level, image, and nothing at all. */
import { stretch } from '../../../dist/dsp/stretch.js';
import { largest } from '../statistics.mjs';
import { line } from '../verdicts.mjs';
import { partialNear, RATE, tones, whiteNoise } from './signals.mjs';

const FACTORS = [0.5, 0.8, 1, 1.2, 1.5, 2, 3];
const SHIFTS = [-12, -5, 0, 5, 7, 12];
const PARTIALS_HZ = [220, 331, 1250];
const SECONDS = 4;
/** What is left out at either end of a whole stretched sound, s: there it sags (see stretch.ts). */
const ENDS_SEC = 0.2;
const GROUP = 'known: stretch';

export async function stretchLines() {
  const frames = SECONDS * RATE;
  const left = tones(
    PARTIALS_HZ.map((hz, i) => ({ hz, phase: i })),
    frames,
  );
  const right = tones(
    PARTIALS_HZ.map((hz, i) => ({ hz, phase: i + 0.5 * (i + 1) })),
    frames,
  );
  const source = { sampleRate: RATE, channels: [left, right] };
  const wide = { sampleRate: RATE, channels: halfAlike(frames) };
  const worst = { cents: 0, decibels: 0, frames: 0, image: 0, longerWideImage: 0, shorterWideImage: 0 };
  let count = 0;
  for (const [factor, semitones] of [...FACTORS.map((f) => [f, 0]), ...SHIFTS.map((s) => [1, s])]) {
    const { channels } = await stretch(source, { factor, semitones });
    count++;
    worst.frames = Math.max(worst.frames, Math.abs(channels[0].length - Math.round(frames * factor)));
    for (const channel of channels) {
      for (const hz of PARTIALS_HZ) {
        const wanted = hz * 2 ** (semitones / 12);
        const found = partialNear(channel, wanted, ENDS_SEC);
        worst.cents = Math.max(worst.cents, Math.abs(1200 * Math.log2(found.hz / wanted)));
        worst.decibels = Math.max(worst.decibels, Math.abs(20 * Math.log10(found.amplitude / 0.2)));
      }
    }
    worst.image = Math.max(worst.image, imageError(channels, source.channels));
    const stretched = await stretch(wide, { factor, semitones });
    // A shift down is a stretch to less than the length, then a slower reading.
    const which = factor < 1 || semitones < 0 ? 'shorterWideImage' : 'longerWideImage';
    worst[which] = Math.max(worst[which], imageError(stretched.channels, wide.channels));
  }
  return [
    line(GROUP, 'factor 1, shift 0: difference from the input', await identityDb(wide), {
      unit: 'dB',
      atMost: -90,
    }),
    line(GROUP, 'length, worst error (2 = twice as long)', worst.frames, {
      unit: 'frames',
      count,
      atMost: 0,
    }),
    line(GROUP, 'pitch of partials, worst error', worst.cents, { unit: 'cents', count, atMost: 2 }),
    line(GROUP, 'level of partials, worst error', worst.decibels, { unit: 'dB', count, atMost: 0.5 }),
    line(GROUP, 'left/right correlation of a chord, worst error', worst.image, { count, atMost: 0.05 }),
    line(GROUP, 'left/right correlation of noise, longer or up, worst error', worst.longerWideImage, {
      atMost: 0.05,
    }),
    line(GROUP, 'left/right correlation of noise, shorter or down, worst error', worst.shorterWideImage, {
      atMost: 0.05,
    }),
  ];
}

async function identityDb(sound) {
  const { channels } = await stretch(sound, { factor: 1, semitones: 0 });
  const difference = largest(
    channels.map((channel, c) => largest(channel.map((x, n) => Math.abs(x - sound.channels[c][n])))),
  );
  return 20 * Math.log10(difference + 1e-10);
}

/** Two channels of noise that correlate by a half. */
function halfAlike(frames) {
  const common = whiteNoise(frames, 0.1, 'common');
  return ['left', 'right'].map((side) => whiteNoise(frames, 0.1, side).map((x, n) => x + common[n]));
}

function imageError(channels, source) {
  const skip = Math.round(ENDS_SEC * RATE);
  const inner = channels.map((channel) => channel.subarray(skip, channel.length - skip));
  return Math.abs(correlation(inner) - correlation(source));
}

function correlation([left, right]) {
  let [both, a, b] = [0, 0, 0];
  for (let n = 0; n < left.length; n++) {
    both += left[n] * right[n];
    a += left[n] * left[n];
    b += right[n] * right[n];
  }
  return both / Math.sqrt(a * b);
}
