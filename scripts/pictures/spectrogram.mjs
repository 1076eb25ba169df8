import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Random } from '../../dist/dsp/random.js';
import { encodeWav } from '../../dist/formats/wav-writer.js';
import { pictureFile } from './folder.mjs';

/** Few enough shades that a picture stays under 120 kB. */
const SHADES = 24;
const SIZE = ['-x', '620', '-y', '180'];

/** docs/pictures/NAME.png: spectrogram of the left channel, its peak at -1 dB, so many dB deep. */
export function spectrogram(name, { sampleRate, channels }, title, { highestHz, depthDb = 70 }) {
  const folder = mkdtempSync(join(tmpdir(), 'afterglow-picture-'));
  const file = join(folder, 'sound.wav');
  writeFileSync(
    file,
    encodeWav({ sampleRate, channels: [channels[0]] }, { bitDepth: 24, random: new Random('pictures') }),
  );
  const show = ['spectrogram', ...SIZE, '-z', String(depthDb), '-q', String(SHADES), '-c', ' ', '-t', title];
  try {
    execFileSync('sox', [
      ...['-D', file, '-n', 'rate', String(2 * highestHz), 'gain', '-n', '-1'],
      ...show,
      ...['-o', pictureFile(`${name}.png`)],
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
