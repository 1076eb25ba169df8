/** SoundFonts, read by a reader written apart, and heard in FluidSynth. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Random } from '../../src/dsp/random.ts';
import { FAMILIES } from '../../src/families/index.ts';
import { sf2 } from '../../src/targets/sf2/target.ts';
import type { MadeSample, TargetTexture } from '../../src/targets/target.ts';
import { SCOPES, type Scope } from '../../src/targets/zones.ts';
import { sine } from '../signals.ts';
import { hasTool } from '../tools.ts';
import { midiFile } from './players.ts';
import { readSoundFont } from './sound-font-reader.ts';

const folder = mkdtempSync(join(tmpdir(), 'afterglow-sf2-'));
afterAll(() => rmSync(folder, { recursive: true }));

const RATE = 44_100;
/** What a font says nothing of. */
const LEVEL = { lufs: -20, truePeakDb: -1 };
const OPTIONS = {
  name: 'N',
  families: FAMILIES,
  software: 'afterglow-engine',
  rate: null,
  guardFrames: false,
};

interface Made {
  readonly texture: TargetTexture;
  readonly channels: readonly Float32Array[];
}

function made(name: string, changes: Partial<TargetTexture>, channels: readonly Float32Array[]): Made {
  const texture: TargetTexture = {
    path: name,
    fileName: name,
    source: name,
    sourcePath: name,
    family: 'pad',
    variant: '',
    brightness: '',
    kind: '',
    key: '',
    rootName: changes.root ? 'A4' : '',
    grade: 'A',
    durationSec: channels[0].length / RATE,
    sampleRate: RATE,
    bitDepth: 24,
    channelCount: channels.length,
    lufs: null,
    centroidHz: null,
    root: null,
    tempo: null,
    moment: null,
    loops: true,
    ...changes,
  };
  return { texture, channels };
}

/** The SoundFonts of some textures, by part. */
async function written(
  sounds: readonly Made[],
  scopes: readonly Scope[] = SCOPES,
): Promise<Map<string, Buffer>> {
  const options = { ...OPTIONS, scopes };
  const plan = sf2.plan(
    sounds.map(({ texture }) => texture),
    new Map(),
    options,
  );
  const files = new Map<string, Uint8Array>();
  const samples: MadeSample[] = [];
  for (const [i, slot] of plan.slots.entries()) {
    const { channels } = sounds[i];
    const sound = { sampleRate: RATE, channels };
    for (const file of await sf2.encode!([{ slot, sound, level: LEVEL, random: new Random(1) }], options)) {
      files.set(file.path, file.bytes);
    }
    const facts = {
      sampleRate: RATE,
      bitDepth: 24,
      channelCount: channels.length,
      level: LEVEL,
      adaptations: [],
    };
    samples.push({ slot, frameCount: channels[0].length, ...facts });
  }
  const fonts = new Map<string, Buffer>();
  for (const { path, contents } of await sf2.index(samples, options, async (file) => files.get(file)!)) {
    const pieces: Uint8Array[] = [];
    for await (const piece of contents as AsyncIterable<Uint8Array>) pieces.push(piece);
    fonts.set(path, Buffer.concat(pieces));
  }
  return fonts;
}

/** A loop of 4000 frames that is silent but for one. */
const click = new Float32Array(4000);
click[1000] = 0.5;
/** Loops of whole cycles, 441 and 882 Hz: 3.9 cents above A4 and A5. */
const tone = sine(441, 4000, 0.25, RATE);
const other = sine(882, 4000, 0.125, RATE);
const A4 = { note: 69, cents: 1200 * Math.log2(441 / 440), confidence: 0.9 };

const TEXTURES = [
  made('click', { source: 'click of a long name' }, [click]),
  made('tone', { root: A4 }, [tone]),
  made('loud', { root: A4, lufs: -30 }, [sine(441, 4000, 0.7, RATE)]),
  made('stereo', { root: A4, lufs: -24 }, [tone, other]),
  made('once', { family: 'swell', loops: false }, [click.subarray(0, 1501)]),
  made('hiss', { family: 'hiss' }, [tone]),
  ...['kick', 'hat', 'hat'].map((kind, i) =>
    made(`hit ${i}`, { family: 'drum', kind, loops: false }, [click.subarray(990, 1100)]),
  ),
];
const fonts = await written(TEXTURES);
const read = new Map([...fonts].map(([path, bytes]) => [path, readSoundFont(bytes)]));
const pads = read.get('N_pads.sf2')!;
const clicks = read.get('N_pads_root_unknown.sf2')!;
const presetOf = (name: RegExp) =>
  [...pads.presets, ...clicks.presets].find((preset) => name.test(preset.name))!;

describe('a SoundFont', () => {
  it('has of keyboards and presets a texture what is asked for, and is not there without any', async () => {
    const namesIn = async (...scopes: Scope[]) => {
      const of = await written(TEXTURES, scopes);
      return Object.fromEntries(
        [...of].map(([path, bytes]) => [path, readSoundFont(bytes).presets.map(({ name }) => name)]),
      );
    };
    const keyboards = await namesIn('palette');
    expect(keyboards['N_pads.sf2']).toEqual(['pads', 'pads 2', 'pads 3']);
    expect(keyboards['N_drums.sf2']).toEqual(['drums', 'drums']);
    const alone = await namesIn('texture');
    expect(alone['N_pads.sf2']).toEqual(['PD01 A4 tone', 'PD02 A4 loud', 'PD03 A4 stereo']);
    expect(alone).not.toHaveProperty(['N_drums.sf2']);
    expect(await namesIn('source')).toEqual({});
  });

  it('has a keyboard and a preset a texture, labelled where there is no root', () => {
    expect([...fonts.keys()]).toEqual([
      'N_pads.sf2',
      'N_pads_root_unknown.sf2',
      'N_swells_root_unknown.sf2',
      'N_layers.sf2',
      'N_drums.sf2',
    ]);
    expect([pads.version, pads.title]).toEqual(['2.4', 'N_pads']);
    const listed = [...pads.presets, ...clicks.presets];
    // Three of one root take turns on a keyboard each.
    expect(listed.map(({ name, bank, program }) => `${bank} ${program} ${name}`)).toEqual([
      '0 0 pads',
      '0 1 pads 2',
      '0 2 pads 3',
      '0 3 PD01 A4 tone',
      '0 4 PD02 A4 loud',
      '0 5 PD03 A4 stereo',
      '0 0 pads_root_unknown',
      '0 1 PD01 click of a ?',
    ]);
    const drums = read.get('N_drums.sf2')!;
    // Of channel 10, and of all others.
    expect(drums.presets.map(({ bank, program }) => [bank, program])).toEqual([
      [128, 0],
      [0, 0],
    ]);
    // Hats choke each other.
    const choked = drums.presets[0].zones.map((zone) => zone.generators.some(([what]) => what === 57));
    expect(choked).toEqual([false, true, true]);
  });

  it('has its zones in order, on all keys, at their root', () => {
    for (const { zones } of pads.presets) {
      for (const { generators } of zones) {
        const order = generators.map(([what]) => what);
        expect([order[0], order[1], order.at(-1)]).toEqual([43, 44, 53]);
        expect(new Set(order).size).toBe(order.length);
      }
    }
    const facts = (name: RegExp) => Object.fromEntries(presetOf(name).zones[0].generators);
    expect(facts(/tone/)).toMatchObject({ 43: 127 << 8, 52: -4, 54: 1, 58: 69 });
    expect(facts(/click/)).toMatchObject({ 43: 127 << 8, 52: 0, 54: 1, 58: 60 });
    expect(facts(/click/)).not.toHaveProperty('56');
    const [hiss] = read.get('N_layers.sf2')!.presets.slice(-1);
    expect(Object.fromEntries(hiss.zones[0].generators)).toMatchObject({ 56: 0, 58: 60 });
    expect(presetOf(/tone/).zones[0].modulators).toEqual([[0x0502, 48, 288, 0]]);
  });

  it('has eight frames of the loop on either side of it, then silence', () => {
    const all = [pads, clicks].flatMap(({ samples, sound }) => samples.map((one) => ({ ...one, sound })));
    for (const { start, end, loopStart, loopEnd, root, correction, sound } of all) {
      expect([loopStart - start, end - loopEnd, correction]).toEqual([8, 8, 0]);
      expect([60, 69]).toContain(root);
      const from = sound.slice(loopStart, loopEnd);
      expect(sound.slice(start, loopStart)).toEqual(from.slice(-8));
      expect(sound.slice(loopEnd, end)).toEqual(from.slice(0, 8));
      expect(sound.slice(end, end + 46).every((x) => x === 0)).toBe(true);
    }
    const [once] = read.get('N_swells_root_unknown.sf2')!.samples;
    expect([once.start, once.end]).toEqual([0, 1501]);
  });

  it('has its levels in the sound, without clipping, and its channels on either side', () => {
    const peaks = Object.fromEntries(
      pads.samples.map(({ name, loopStart, loopEnd }) => [
        name.replace(/^PD.. (A4 )?/, ''),
        Math.max(...pads.sound.slice(loopStart, loopEnd).map(Math.abs)),
      ]),
    );
    // Unknown is as it is; 12 and 6 dB too soft are 6 dB louder, as far as there is room.
    const wanted = { tone: 0.25, loud: 1, 'stereo-L': 0.5, 'stereo-R': 0.25 };
    expect(Object.keys(peaks).sort()).toEqual(Object.keys(wanted).sort());
    for (const [name, peak] of Object.entries(wanted)) expect(peaks[name], name).toBeCloseTo(peak, 2);
    const [left, right] = ['L', 'R'].map((side) => pads.samples.findIndex(({ name }) => name.endsWith(side)));
    expect(pads.samples[left]).toMatchObject({ type: 4, link: right });
    expect(pads.samples[right]).toMatchObject({ type: 2, link: left });
    const pans = presetOf(/stereo/).zones.map(({ generators }) => Object.fromEntries(generators)[17]);
    expect(pans).toEqual([-500, 500]);
  });
});

describe.skipIf(!hasTool('fluidsynth'))('in FluidSynth', () => {
  it('loops by the frame', () => {
    const [left] = played(clicks, 'click', 60);
    const heard = [...left.keys()].filter((i) => Math.abs(left[i]) > 0.2);
    expect(heard.length).toBeGreaterThan(20);
    for (let i = 1; i < heard.length; i++) expect(heard[i] - heard[i - 1]).toBe(4000);
  });

  it('sounds at its root, and at its level, on each side its own', () => {
    const [middle] = played(pads, 'tone', 69).map(steadyTone);
    expect(Math.abs(cents(middle.hertz, 440))).toBeLessThan(2);
    // The middle is 3 dB below a side; FluidSynth's filter, which nothing moves, makes everything 1.2 dB louder.
    const filter = middle.amplitude / (0.25 * Math.SQRT1_2);
    expect(20 * Math.log10(filter)).toBeCloseTo(1.2, 1);
    const [left, right] = played(pads, 'stereo', 69).map(steadyTone);
    expect(Math.abs(cents(left.hertz, 440))).toBeLessThan(2);
    expect(Math.abs(cents(right.hertz, 880))).toBeLessThan(2);
    expect(left.amplitude / filter).toBeCloseTo(0.5, 2);
    expect(right.amplitude / filter).toBeCloseTo(0.25, 2);
    const [fifthUp] = played(pads, 'tone', 76).map(steadyTone);
    expect(Math.abs(cents(fifthUp.hertz, 440 * 2 ** (7 / 12)))).toBeLessThan(2);
  });
});

/** Both sides of a preset whose name begins so, a key held for two seconds. */
function played(of: typeof pads, name: string, key: number): Float32Array[] {
  const { bank, program } = of.presets.find((preset) => preset.name.includes(name))!;
  expect(bank).toBe(0);
  const [font, midi, raw] = ['font.sf2', 'notes.mid', 'played.raw'].map((file) => join(folder, file));
  writeFileSync(font, fonts.get(of === pads ? 'N_pads.sf2' : 'N_pads_root_unknown.sf2')!);
  writeFileSync(midi, midiFile([key], { program, velocity: 127, heldSec: 2 }));
  const quiet = ['-ni', '-R', '0', '-C', '0', '-g', '1', '-r', String(RATE), '-O', 'float', '-T', 'raw'];
  const { stderr } = spawnSync('fluidsynth', [...quiet, '-F', raw, font, midi], { encoding: 'utf8' });
  // It looks for drums on channel 10, whatever is played.
  const warnings = stderr.split('\n').filter((line) => line.trim() !== '' && !line.includes('channel 9'));
  expect(warnings).toEqual([]);
  const bytes = readFileSync(raw);
  return [0, 4].map((side) =>
    Float32Array.from({ length: RATE * 2 }, (_, i) => bytes.readFloatLE(8 * i + side)),
  );
}

/** Of a second in the middle of a tone: by its rising zeros, and its mean square. */
function steadyTone(sound: Float32Array) {
  const held = sound.subarray(RATE / 2, (3 * RATE) / 2);
  const zeros: number[] = [];
  let square = 0;
  for (let i = 1; i < held.length; i++) {
    square += held[i] ** 2 / held.length;
    if (held[i - 1] < 0 && held[i] >= 0) zeros.push(i - held[i] / (held[i] - held[i - 1]));
  }
  const hertz = ((zeros.length - 1) * RATE) / (zeros.at(-1)! - zeros[0]);
  return { hertz, amplitude: Math.sqrt(2 * square) };
}

function cents(hertz: number, wanted: number): number {
  return 1200 * Math.log2(hertz / wanted);
}
