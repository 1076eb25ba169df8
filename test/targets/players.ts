/** Samplers that we did not write, where they are installed: they play SFZ files into sound. */
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** Plays keys one after the other, each held for {@link HELD_SEC}, into one mono sound of 44.1 kHz. */
type Player = (sfz: string, keys: readonly number[]) => Float64Array;

export const PLAYED_RATE = 44100;
export const HELD_SEC = 4;

function isInstalled(program: string): boolean {
  return spawnSync(program, ['--version'], { env: headless(tmpdir()), timeout: 20_000 }).status === 0;
}

function headless(home: string): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, HOME: home, XDG_RUNTIME_DIR: home, QT_QPA_PLATFORM: 'offscreen' };
}

/** MuseScore 3 plays SFZ with Zerberus, its own sampler (Debian: musescore3). */
const playInMuseScore: Player = (sfz, keys) =>
  inScratch((scratch) => {
    mkdirSync(join(scratch, '.config/MuseScore'), { recursive: true });
    writeFileSync(
      join(scratch, '.config/MuseScore/MuseScore3.ini'),
      `[application]\npaths\\mySoundfonts=${dirname(sfz)}\nstartup\\firstStart=false\n\n[export]\naudio\\sampleRate=${PLAYED_RATE}\n`,
    );
    writeFileSync(join(scratch, 'score.mscx'), score(basename(sfz), keys));
    const [from, to] = [join(scratch, 'score.mscx'), join(scratch, 'played.wav')];
    execFileSync('mscore3', ['-s', '-o', to, from], {
      env: headless(scratch),
      stdio: 'pipe',
      timeout: 60_000,
    });
    return leftOf(readFileSync(to));
  });

/** Polyphone reads the SFZ and writes a SoundFont, which FluidSynth plays (Debian: polyphone, fluidsynth). */
const playInFluidSynth: Player = (sfz, keys) =>
  inScratch((scratch) => {
    // It wants a name without dots.
    const copy = join(dirname(sfz), 'for-polyphone.sfz');
    copyFileSync(sfz, copy);
    execFileSync('polyphone', ['-1', '-i', copy, '-d', scratch, '-o', 'font'], {
      env: headless(scratch),
      stdio: 'pipe',
      timeout: 60_000,
    });
    rmSync(copy);
    writeFileSync(join(scratch, 'notes.mid'), midiFile(keys));
    const rendered = join(scratch, 'played.wav');
    const quiet = ['-ni', '-R', '0', '-C', '0', '-g', '1', '-r', String(PLAYED_RATE)];
    const files = [join(scratch, 'font.sf2'), join(scratch, 'notes.mid')];
    execFileSync('fluidsynth', [...quiet, '-F', rendered, ...files], { stdio: 'pipe', timeout: 60_000 });
    return leftOf(readFileSync(rendered));
  });

export interface InstalledPlayer {
  readonly name: string;
  readonly isThere: boolean;
  readonly play: Player;
  /** How exactly it keeps a pitch. */
  readonly toleranceCents: number;
  /** How much may sound beside a tone, its own reverberation included. */
  readonly besideDb: number;
  /** From when to when, in a held key, only its tone sounds: after the last one's release, before its own. */
  readonly steadySec: readonly [number, number];
}

export const PLAYERS: readonly InstalledPlayer[] = [
  {
    name: 'MuseScore',
    isThere: isInstalled('mscore3'),
    play: playInMuseScore,
    // It steps through a sample by 256ths of a frame.
    toleranceCents: 7,
    besideDb: -45,
    steadySec: [0.5, HELD_SEC - 0.1],
  },
  {
    name: 'Polyphone and FluidSynth',
    isThere: isInstalled('polyphone') && isInstalled('fluidsynth'),
    play: playInFluidSynth,
    toleranceCents: 1,
    besideDb: -55,
    steadySec: [0.5, HELD_SEC - 0.1],
  },
];

function inScratch<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'afterglow-player-'));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** MuseScore's names of the twelve notes: places in the circle of fifths, C is 14. */
const SPELLINGS = [14, 21, 16, 23, 18, 13, 20, 15, 22, 17, 24, 19];

/** Whole notes at one beat a second. */
function score(sfz: string, keys: readonly number[]): string {
  const measures = keys.map(
    (key, i) =>
      `<Measure><voice>${i === 0 ? '<KeySig><accidental>0</accidental></KeySig><TimeSig><sigN>4</sigN><sigD>4</sigD></TimeSig><Tempo><tempo>1</tempo><followText>0</followText><text>1</text></Tempo>' : ''}<Chord><durationType>whole</durationType><Note><pitch>${key}</pitch><tpc>${SPELLINGS[key % 12]}</tpc></Note></Chord></voice></Measure>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<museScore version="3.01"><Score><Division>480</Division>
<Synthesizer><master><val id="0">NoEffect</val><val id="1">NoEffect</val><val id="2">1</val><val id="3">440</val></master>
<Zerberus><val id="0">${sfz}</val></Zerberus></Synthesizer>
<Part><Staff id="1"><StaffType group="pitched"><name>stdNormal</name></StaffType></Staff>
<Instrument><trackName>x</trackName><Channel><program value="0"/><controller ctrl="93" value="0"/><controller ctrl="91" value="0"/><synti>Zerberus</synti></Channel></Instrument></Part>
<Staff id="1">${measures.join('')}</Staff></Score></museScore>`;
}

/** A MIDI file of one track, 500 ticks a half second: keys one after the other, at full volume. */
export function midiFile(
  keys: readonly number[],
  { program = 0, velocity = 80, heldSec = HELD_SEC } = {},
): Uint8Array {
  const ticks = [0x80 | ((heldSec * 1000) >> 7), (heldSec * 1000) & 0x7f];
  const track = [
    ...[0, 0xb0, 7, 127, 0, 0xc0, program],
    ...keys.flatMap((key) => [0, 0x90, key, velocity, ...ticks, 0x80, key, 0]),
    0x8f,
    0x50,
    0xff,
    0x2f,
    0,
  ];
  const bigEndian = (value: number) =>
    [value >>> 24, value >>> 16, value >>> 8, value].map((byte) => byte & 0xff);
  const text = (name: string) => [...Buffer.from(name)];
  const head = [...text('MThd'), ...bigEndian(6), 0, 0, 0, 1, 500 >> 8, 500 & 0xff];
  return Uint8Array.from([...head, ...text('MTrk'), ...bigEndian(track.length), ...track]);
}

/** The left channel of a 16-bit stereo WAV. */
function leftOf(wav: Buffer): Float64Array {
  const data = wav.indexOf('data') + 8;
  return Float64Array.from(
    { length: Math.floor((wav.length - data) / 4) },
    (_, i) => wav.readInt16LE(data + 4 * i) / 32768,
  );
}
