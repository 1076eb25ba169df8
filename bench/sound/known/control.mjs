/**
 * The control: loops closed as the Python program closes them must fail, in this bench and in the engine's own
 * grade. There the tail, faded out, is added to the head, faded in, both by equal power; and the tail is not
 * dropped. So the file fades out, then jumps back to full level.
 */
import { defaultSettings } from '../../../dist/config/defaults.js';
import { measureTexture } from '../../../dist/curation/figures.js';
import { gradeTexture } from '../../../dist/curation/grade.js';
import { levelTexture } from '../../../dist/curation/level.js';
import { measureSeam } from '../../../dist/loops/seam-meter.js';
import { passesSeam, seamFigures } from '../seam-figures.mjs';
import { share } from '../statistics.mjs';
import { shareLine } from '../verdicts.mjs';
import { chord, RATE, tones, whiteNoise } from './signals.mjs';

const FADE_SEC = 0.1;
const GROUP = 'control: reference crossfade';

/** Held tones, chords, noise and a tremolo. */
export function knownControlLines() {
  const frames = 2 * RATE;
  const known = [
    tones([{ hz: 220.3 }], frames),
    chord([45, 52, 60], frames),
    chord([50, 53, 57, 64], frames),
    whiteNoise(frames, 0.1, 'control'),
    chord([40, 47], frames).map((x, n) => x * (1 + 0.3 * Math.sin((2 * Math.PI * 3.1 * n) / RATE))),
  ].map((samples) => ({ sampleRate: RATE, channels: [samples] }));
  return controlLines(`${GROUP}, known signals`, known);
}

/** The very stretches that mined pads were made from. */
export function archiveControlLines(stretches) {
  return stretches.length > 0 ? controlLines(`${GROUP}, pads of the archive`, stretches) : [];
}

function controlLines(group, sounds) {
  const loops = sounds.map(asTheReferenceCloses);
  return [
    shareLine(
      group,
      'fails in this bench',
      share(loops, ({ channels, sampleRate }) => !passesSeam(seamFigures(channels, sampleRate))),
      loops.length,
      { atLeast: 1 },
    ),
    shareLine(
      group,
      'graded F by the engine',
      share(loops, (loop) => engineGrade(loop) === 'F'),
      loops.length,
      { atLeast: 1 },
    ),
  ];
}

/** A loop closed over 0.1 s as the Python program does it. */
export function asTheReferenceCloses({ sampleRate, channels }) {
  const fade = Math.round(FADE_SEC * sampleRate);
  return {
    sampleRate,
    channels: channels.map((channel) => {
      const result = channel.slice();
      const tailStart = channel.length - fade;
      for (let k = 0; k < fade; k++) {
        const t = k / (fade - 1);
        const tail = channel[tailStart + k] * Math.sqrt(1 - t);
        result[tailStart + k] = tail;
        result[k] = channel[k] * Math.sqrt(t) + tail;
      }
      return result;
    }),
  };
}

function engineGrade(sound) {
  const settings = defaultSettings();
  const origin = { startSec: 0, endSec: 1 };
  const texture = {
    family: 'pad',
    variant: '',
    index: 1,
    sound,
    origin,
    loop: { kind: 'ring' },
    targetPeakDb: -1,
  };
  const levelled = levelTexture(texture, settings.global);
  const figures = measureTexture(
    texture,
    levelled,
    { seam: measureSeam(levelled.sound, null), course: null },
    null,
  );
  return gradeTexture(figures, settings.curation.thresholds).grade;
}
