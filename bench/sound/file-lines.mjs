/** What stands in the files besides sound: sampler chunks by their bytes; and copies of whole files. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { line } from './verdicts.mjs';

/** The manifest prints cents to a tenth, and a root up to a cent flat is written as the note itself. */
const CENTS = 1.06;
const NAMES = ['C', 'C#', 'D', 'D#', 'E', 'F', 'F#', 'G', 'G#', 'A', 'A#', 'B'];

export function measure(texture, { channels, sampleRate }, project) {
  if (!project?.exportFolder) return null;
  const bytes = readFileSync(join(project.exportFolder, texture.path));
  const chunks = riffChunks(bytes);
  const data = chunks.get('data');
  return {
    digest: createHash('sha256').update(data).digest('hex'),
    clipped: clippedSamples(data, Number(texture.row.bit_depth)),
    faults: samplerFaults(chunks, texture, channels[0].length, sampleRate),
  };
}

/** Chunks of a RIFF file by their id. */
export function riffChunks(bytes) {
  const chunks = new Map();
  for (let at = 12; at + 8 <= bytes.length; ) {
    const size = bytes.readUInt32LE(at + 4);
    chunks.set(bytes.toString('latin1', at, at + 4), bytes.subarray(at + 8, at + 8 + size));
    at += 8 + size + (size % 2);
  }
  return chunks;
}

/** Samples at either end of what the format can say. */
function clippedSamples(data, bitDepth) {
  const width = bitDepth / 8;
  const largest = 2 ** (bitDepth - 1) - 1;
  let count = 0;
  for (let at = 0; at + width <= data.length; at += width) {
    const sample = data.readIntLE(at, width);
    if (sample >= largest || sample <= -largest - 1) count++;
  }
  return count;
}

/** Facts of the `smpl` and `LIST` chunks that are not as they should be, in words. */
export function samplerFaults(chunks, { loops, row, sourcePath }, frames, sampleRate) {
  const smpl = chunks.get('smpl');
  // What plays once, at no known pitch, has nothing to tell a sampler.
  if (!smpl) return loops || row.root_note !== '' ? ['no smpl'] : [];
  const word = (index) => smpl.readUInt32LE(4 * index);
  const [period, note, fraction, loopCount] = [word(2), word(3), word(4), word(7)];
  const info = chunks.get('LIST')?.toString('utf8') ?? '';
  const wanted = rootOf(row);
  const checks = {
    period: period === Math.round(1e9 / sampleRate),
    'unity note': wanted === null || Math.abs(note + fraction / 2 ** 32 - wanted) * 100 <= CENTS,
    'loop count': loopCount === (loops ? 1 : 0),
    'loop forward': !loops || word(10) === 0,
    'loop start': !loops || word(11) === 0,
    'loop end': !loops || word(12) === frames - 1,
    'loop for ever': !loops || word(14) === 0,
    software: info.includes('afterglow'),
    source: sourcePath === '' || info.includes(sourcePath.split('/').at(-1)),
  };
  return Object.keys(checks).filter((name) => !checks[name]);
}

/** MIDI note with its cents as a fraction; null where the manifest knows none. C4 is 60. */
function rootOf({ root_note: name, root_cents: cents }) {
  if (name === '') return null;
  const [, letter, octave] = /^([A-G]#?)(-?\d+)$/.exec(name);
  return NAMES.indexOf(letter) + 12 * (Number(octave) + 1) + Number(cents) / 100;
}

export function lines(kind, measured, project) {
  const known = measured.filter(Boolean);
  if (known.length === 0) return [];
  const count = known.length;
  const result = [
    line(
      kind,
      'samples at full scale',
      known.reduce((sum, { clipped }) => sum + clipped, 0),
      { count, atMost: 0 },
    ),
    line(kind, 'files that are a copy of another', count - new Set(known.map(({ digest }) => digest)).size, {
      count,
      atMost: 0,
    }),
  ];
  if (project.settings.export.metadata === 'full') {
    result.push(
      line(
        kind,
        'smpl and INFO: files with a wrong or missing fact',
        known.filter(({ faults }) => faults.length > 0).length,
        {
          count,
          atMost: 0,
        },
      ),
    );
  }
  return result;
}
