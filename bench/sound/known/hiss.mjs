/** Hiss of a drum loop made in code: a continuous texture with a tremolo of whole cycles, and flickers that differ. */
import { defaultSettings } from '../../../dist/config/defaults.js';
import { drumLoop } from '../../../dist/engine/demo/pieces.js';
import { makeHiss } from '../../../dist/families/hiss/make.js';
import { levelsAround } from '../evenness-lines.mjs';
import { tremolo } from '../modulation-lines.mjs';
import { repetition } from '../repetition-lines.mjs';
import { largest, powerDb } from '../statistics.mjs';
import { line } from '../verdicts.mjs';
import { allOf } from './makers.mjs';
import { RATE } from './signals.mjs';

const GROUP = 'known: hiss';

export async function hissLines() {
  const settings = defaultSettings();
  settings.hiss.loop_duration_sec = 3.1;
  const { tremolo_rate_hz, tremolo_depth, loop_duration_sec } = settings.hiss;
  const source = drumLoop(RATE).channels;
  const [wavering] = await allOf(makeHiss, source, settings);
  const { purityDb, depth } = tremolo(
    wavering.sound.channels,
    RATE,
    Math.round(tremolo_rate_hz * loop_duration_sec),
  );
  settings.hiss.tremolo_depth = 0;
  const [steady] = await allOf(makeHiss, source, settings);
  const levels = levelsAround(steady.sound.channels, Math.round(0.1 * RATE));
  const average = levels.reduce((sum, level) => sum + level, 0) / levels.length;
  return [
    line(GROUP, 'tremolo: its whole number of cycles over one more or less', purityDb, {
      unit: 'dB',
      atLeast: 6,
    }),
    line(GROUP, `tremolo: depth (asked ${tremolo_depth}), off by`, Math.abs(depth - tremolo_depth), {
      atMost: 0.1,
    }),
    line(
      GROUP,
      'no tremolo: 100 ms RMS, furthest from its mean',
      largest(levels.map((level) => Math.abs(powerDb(level / average)))),
      {
        unit: 'dB',
        count: levels.length,
        atMost: 1,
      },
    ),
    line(
      GROUP,
      'likeness of a 300 ms piece to another place',
      repetition(steady.sound.channels[0], RATE, true),
      { atMost: 0.5 },
    ),
    line(GROUP, 'the same of the drum loop', repetition(source[0], RATE, true)),
  ];
}
