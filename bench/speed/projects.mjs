/** Projects to measure on, made of the one that the bench is given. Nothing is written into that. */
import { spawnSync } from 'node:child_process';
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { basename, extname, join, resolve } from 'node:path';
import { openSource } from '../../dist/index.js';
import { conditionNamed } from '../mining/conditions.mjs';
import { makeSong } from '../mining/song.mjs';
import { wavHeader16 } from '../wav-header.mjs';
import { distinctCopy } from './distinct-copy.mjs';

const FOLDERS = ['source_audio', 'pad_sources', 'drums'];

/** Files of one of a project's source folders, by name; absolute. */
export function sourcesOf(project, folder = 'source_audio') {
  const path = resolve(project, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path)
    .filter((name) => !name.startsWith('.'))
    .sort()
    .map((name) => join(path, name));
}

/** A small archive made in code: two songs, a chord, a beat. @returns its folder */
export async function madeProject(scratch) {
  const made = newProject(scratch, scratch, 'made');
  const song = (number, condition) => makeSong('speed', condition, number, conditionNamed(condition));
  const [first, second] = [song(1, 'six passages'), song(2, 'chords under drums')];
  const [chord] = first.passages;
  writeWav(join(made, 'source_audio/song.wav'), first.sound);
  writeWav(join(made, 'source_audio/drums.wav'), second.sound);
  writeWav(join(made, 'pad_sources/chord.wav'), cut(first.sound, chord.start, chord.end));
  writeWav(join(made, 'drums/beat.wav'), cut(second.sound, 0, 4));
  // Decoding counts too, where there is something to make a FLAC with.
  asFlac(join(made, 'source_audio/drums.wav'));
  return made;
}

function cut({ sampleRate, channels }, startSec, endSec) {
  const [start, end] = [startSec, endSec].map((seconds) => Math.round(seconds * sampleRate));
  return { sampleRate, channels: channels.map((channel) => channel.subarray(start, end)) };
}

function writeWav(path, { channels }) {
  writeFileSync(
    path,
    Buffer.concat([wavHeader16(channels[0].length, 2, RATE), Buffer.from(interleaved16(channels).buffer)]),
  );
}

/** A project in which every source of another stands so many times, under other names. @returns its folder */
export function copiedProject(project, scratch, copies) {
  const made = newProject(project, scratch, `copies-${copies}`);
  for (const folder of FOLDERS) {
    for (const path of sourcesOf(project, folder)) {
      const extension = extname(path);
      for (let copy = 1; copy <= copies; copy++) {
        distinctCopy(path, join(made, folder, `${basename(path, extension)}-${copy}${extension}`), copy);
      }
    }
  }
  return made;
}

/** A project whose folders hold the same one file. @returns its folder */
export function songProject(project, scratch, song, folders) {
  const made = newProject(project, scratch, `song-${basename(song)}-${folders.length}`);
  for (const folder of folders) symlinkSync(song, join(made, folder, basename(song)));
  return made;
}

function newProject(project, scratch, name) {
  const made = join(scratch, name);
  for (const folder of FOLDERS) mkdirSync(join(made, folder), { recursive: true });
  if (existsSync(join(project, 'config.yaml')))
    copyFileSync(join(project, 'config.yaml'), join(made, 'config.yaml'));
  return made;
}

const RATE = 44100;
const FRAMES_PER_PIECE = 1 << 18;

/**
 * The project's songs (those at 44.1 kHz), one after the other and again from the first, as one 16-bit stereo WAV.
 * @returns its path
 */
export async function longSong(project, scratch, seconds) {
  const path = join(scratch, `${seconds}s.wav`);
  const songs = sourcesOf(project);
  const file = openSync(path, 'w');
  let left = Math.round(seconds * RATE);
  writeSync(file, wavHeader16(left, 2, RATE));
  for (let turn = 0; left > 0; turn++) {
    if (turn >= songs.length && left === Math.round(seconds * RATE)) {
      throw new Error('source_audio holds no song at 44.1 kHz to make a long one of.');
    }
    const source = await openSource(songs[turn % songs.length]);
    for (let at = 0; source.sampleRate === RATE && at < source.frameCount && left > 0; ) {
      const count = Math.min(FRAMES_PER_PIECE, source.frameCount - at, left);
      writeSync(file, interleaved16((await source.read(at, count)).channels));
      at += count;
      left -= count;
    }
    await source.close();
  }
  closeSync(file);
  return path;
}

/** The same as FLAC; null where there is no ffmpeg to make one. */
export function asFlac(wav) {
  const path = wav.replace(/wav$/, 'flac');
  const { status } = spawnSync('ffmpeg', ['-v', 'error', '-y', '-i', wav, '-c:a', 'flac', path]);
  return status === 0 ? path : null;
}

function interleaved16(channels) {
  const [left, right = left] = channels;
  const samples = new Int16Array(2 * left.length);
  for (let n = 0; n < left.length; n++) {
    samples[2 * n] = Math.max(-32768, Math.min(32767, Math.round(32768 * left[n])));
    samples[2 * n + 1] = Math.max(-32768, Math.min(32767, Math.round(32768 * right[n])));
  }
  return samples;
}
