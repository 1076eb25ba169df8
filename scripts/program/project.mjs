/** A project whose sounds take the ways through the engine that music takes, in as short a time as may be. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const RATE = 44_100;

/** @param folder absolute; it is there */
export async function makeProject(folder) {
  const sounds = {
    'source_audio/song.wav': sound(4, (t) => chord(t) + 0.5 * hit(t % 1) * noise()),
    'pad_sources/chord.wav': sound(2.5, chord),
    'drums/hit.wav': sound(0.4, (t) => hit(t) * noise()),
  };
  for (const name of ['source_audio', 'pad_sources', 'drums']) await mkdir(join(folder, name));
  for (const [path, bytes] of Object.entries(sounds)) await writeFile(join(folder, path), bytes);
}

const chord = (t) => [220, 277.2, 329.6].reduce((sum, hz) => sum + 0.1 * Math.sin(2 * Math.PI * hz * t), 0);
const hit = (t) => Math.exp(-20 * t);

let state = 1;
/** The same numbers in every build. */
function noise() {
  state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
  return state / 2 ** 31 - 1;
}

/** A mono WAV of 16 bits. @param at the sample at a time, s */
function sound(seconds, at) {
  const samples = Int16Array.from({ length: seconds * RATE }, (_, i) => 32_000 * at(i / RATE));
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + samples.byteLength, 4);
  header.write('WAVEfmt ', 8);
  [16, 1 | (1 << 16), RATE, 2 * RATE, 2 | (16 << 16)].forEach((value, i) => {
    header.writeUInt32LE(value, 16 + 4 * i);
  });
  header.write('data', 36);
  header.writeUInt32LE(samples.byteLength, 40);
  return Buffer.concat([header, Buffer.from(samples.buffer)]);
}
