/**
 * Sounds of known kind that no package holds enough of, made of what packages hold: notes and chords held by a sound
 * font, drum loops of a kit's samples, and coloured noise with crackle, gusts and hum. Those to fit on and those held
 * out are of different sound fonts, kits and recipes.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { resampled } from '../../dist/archive/resampled.js';
import { Random } from '../../dist/dsp/random.js';
import { openSource } from '../../dist/index.js';
import { knownHits } from '../drum-kinds/truth.mjs';
import { wavHeader16 } from '../wav-header.mjs';
import { kitNames } from './truth.mjs';

const RATE = 44_100;
const KITS = 'hydrogen-drumkits/usr/share/hydrogen/data/drumkits';
const FONTS = [
  ['timgm6mb-soundfont/usr/share/sounds/sf2/TimGM6mb.sf2', false],
  ['fluid-soundfont-gm/usr/share/sounds/sf2/FluidR3_GM.sf2', true],
];
/** General MIDI programs that hold a note, and some that ring long. */
const HELD = [
  16, 18, 19, 20, 21, 40, 42, 48, 49, 50, 51, 52, 53, 54, 60, 61, 68, 71, 73, 80, 81, 88, 89, 90, 91, 92, 93,
  94, 95,
];
const RINGING = [0, 4, 5, 11, 14, 24, 46];
const CHORDS = [[0], [0, 7], [0, 4, 7], [0, 3, 7], [0, 4, 7, 11], [0, 3, 7, 10, 14], [0, 12]];

/** @returns {{ kind, file, pack, heldOut, least }[]} what was made in a folder, or lies there already */
export async function madeSounds(tree, folder) {
  mkdirSync(folder, { recursive: true });
  return [...heldTones(tree, folder), ...(await drumLoops(tree, folder)), ...noises(folder)];
}

function heldTones(tree, folder) {
  return FONTS.flatMap(([font, heldOut], f) => {
    const random = new Random(`tones ${f}`);
    return [...HELD, ...RINGING].map((program) => {
      const file = join(folder, `tonal-${f}-${program}.wav`);
      const chord = CHORDS[random.below(CHORDS.length)];
      const root = 40 + random.below(28);
      const seconds = RINGING.includes(program)
        ? 3 + random.below(3)
        : [2, 4, 6, 10, 25, 70][random.below(6)];
      if (!existsSync(file)) {
        writeFileSync(
          `${file}.mid`,
          midi(
            program,
            chord.map((step) => root + step),
            seconds,
          ),
        );
        execFileSync(
          'fluidsynth',
          ['-niq', '-g', '0.6', '-r', String(RATE), '-F', file, join(tree, font), `${file}.mid`],
          {
            stdio: 'ignore',
          },
        );
      }
      return { kind: 'tonal', file, pack: `tones of ${font.split('/').at(-1)}`, heldOut, least: 0 };
    });
  });
}

/** A Standard MIDI File: a chord, held. */
function midi(program, notes, seconds) {
  const ticks = Math.round(seconds * 960);
  const length = [128 | (ticks >> 14), 128 | ((ticks >> 7) & 127), ticks & 127];
  const track = [
    ...[0, 192, program],
    ...notes.flatMap((note) => [0, 144, note, 90]),
    ...notes.flatMap((note, i) => [...(i === 0 ? length : [0]), 128, note, 0]),
    ...[131, 96, 255, 47, 0],
  ];
  const head = Buffer.from('MThd\0\0\0\x06\0\0\0\x01\x01\xe0MTrk\0\0\0\0', 'latin1');
  head.writeUInt32BE(track.length, 18);
  return Buffer.concat([head, Buffer.from(track)]);
}

/** Sixteen steps of kick, snare, hat and perc, some bars of them, with some swing and some hits left out. */
async function drumLoops(tree, folder) {
  const hits = knownHits(join(tree, KITS));
  const made = [];
  for (const [k, kit] of kitNames(join(tree, KITS)).entries()) {
    const random = new Random(`loops of ${kit}`);
    const ofKit = (kind) => hits.filter((hit) => hit.kit === kit && hit.kind === kind);
    if (['kick', 'snare', 'hat'].some((kind) => ofKit(kind).length === 0)) continue;
    for (let n = 0; n < 6; n++) {
      const file = join(folder, `loop-${k}-${n}.wav`);
      const bars = [1, 2, 2, 4, 8, 32][n];
      const bpm = 70 + random.below(110);
      const sounds = {};
      for (const kind of ['kick', 'snare', 'hat', 'perc', 'cymbal']) {
        const all = ofKit(kind);
        if (all.length > 0) sounds[kind] = await monoOf(all[random.below(all.length)].file);
      }
      const sound = pattern(sounds, bars, bpm, random);
      if (!existsSync(file)) writeFileSync(file, wavOf(sound));
      made.push({ kind: 'drum_loop', file, pack: `loops of ${kit}`, heldOut: k % 2 === 1, least: 0 });
    }
  }
  return made;
}

async function monoOf(path) {
  const source = await openSource(path);
  const reader = resampled(source, RATE);
  const { channels } = await reader.read(0, reader.frameCount);
  await source.close();
  return channels[0];
}

function pattern(sounds, bars, bpm, random) {
  const step = (60 / bpm / 4) * RATE;
  const swing = random.between(0, 0.3);
  const hat = [1, 2, 4][random.below(3)];
  const samples = new Float32Array(Math.round(16 * bars * step));
  const kicks = [0, 8, ...[3, 6, 7, 10, 11, 14].filter(() => random.uniform() < 0.3)];
  const percs = [2, 5, 7, 9, 13, 15].filter(() => random.uniform() < 0.25);
  for (let n = 0; n < 16 * bars; n++) {
    const at = Math.round((n + (n % 2) * swing) * step);
    const on = n % 16;
    if (kicks.includes(on)) lay(samples, sounds.kick, at, 0.8);
    if (on === 4 || on === 12) lay(samples, sounds.snare, at, 0.7);
    if (on % hat === 0 && random.uniform() < 0.9) lay(samples, sounds.hat, at, random.between(0.2, 0.5));
    if (percs.includes(on) && sounds.perc) lay(samples, sounds.perc, at, 0.4);
    if (n % 64 === 0 && sounds.cymbal && random.uniform() < 0.3) lay(samples, sounds.cymbal, at, 0.4);
  }
  const most = samples.reduce((peak, value) => Math.max(peak, Math.abs(value)), 1e-9);
  return { sampleRate: RATE, channels: [samples.map((value) => (0.8 * value) / most)] };
}

function lay(samples, sound, at, gain) {
  for (let i = 0; i < sound.length && at + i < samples.length; i++) samples[at + i] += gain * sound[i];
}

/** To fit on: steady colours. Held out: gusts, crackle, band-passes, and two of them at once. */
function noises(folder) {
  return Array.from({ length: 40 }, (_, n) => {
    const heldOut = n % 2 === 1;
    const file = join(folder, `noise-${n}.wav`);
    const random = new Random(`noise ${n}`);
    const seconds = [1.5, 3, 8, 20, 70][random.below(5)];
    const sound = heldOut ? gusts(seconds, random) : coloured(seconds, random);
    if (!existsSync(file)) writeFileSync(file, wavOf(sound));
    return { kind: 'noise', file, pack: heldOut ? 'made gusts' : 'made colours', heldOut, least: 0 };
  });
}

function coloured(seconds, random) {
  const [slope, gain] = [random.between(0, 0.98), random.between(0.02, 0.4)];
  const channels = [0, 1].map(() => {
    let low = 0;
    const samples = Float32Array.from({ length: Math.round(seconds * RATE) }, () => {
      low = slope * low + (1 - slope) * random.between(-1, 1);
      return low;
    });
    const most = samples.reduce((peak, value) => Math.max(peak, Math.abs(value)), 1e-9);
    return samples.map((value) => (gain * value) / most);
  });
  return { sampleRate: RATE, channels };
}

function gusts(seconds, random) {
  const [rate, depth, crackle] = [random.between(0.1, 0.6), random.between(0, 0.8), random.between(0, 12)];
  const [lowest, highest] = [random.between(0.002, 0.05), random.between(0.1, 0.9)];
  let [low, lower, click] = [0, 0, 0];
  const samples = Float32Array.from({ length: Math.round(seconds * RATE) }, (_, i) => {
    const white = random.between(-1, 1);
    low += highest * (white - low);
    lower += lowest * (low - lower);
    click = random.uniform() < crackle / RATE ? random.between(0.1, 0.6) : 0.9 * click;
    const gust = 1 - depth * (0.5 + 0.5 * Math.sin((2 * Math.PI * rate * i) / RATE));
    return 0.3 * gust * (low - lower) + 0.3 * click * random.between(-1, 1);
  });
  return { sampleRate: RATE, channels: [samples] };
}

function wavOf({ sampleRate, channels }) {
  const frames = channels[0].length;
  const body = Buffer.alloc(2 * channels.length * frames);
  for (let i = 0; i < frames; i++) {
    channels.forEach((channel, c) => {
      body.writeInt16LE(
        Math.round(32_767 * Math.max(-1, Math.min(1, channel[i]))),
        2 * (i * channels.length + c),
      );
    });
  }
  return Buffer.concat([wavHeader16(frames, channels.length, sampleRate), body]);
}
