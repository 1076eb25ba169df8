/**
 * What does `pre_analysis.separate` give where drums never stop? Songs made in code, of three held chords with
 * busy melodies between them, air behind them and drums over everything, are mined with it off and by default; since
 * their chords are known without the drums, so is what is left of the drums.
 *
 *   npm run build
 *   npm run bench:separation -- [--json]
 *
 * - distortion: what is in a pad's stretch of the harmonic part besides the chords and their air, against these
 * - onsets: in the pads, looped
 * - stereo error: of the pads against the chords alone
 * - air, rise, warble: of the harmonic part of a chord; see `separation/part-figures.mjs`. Two
 *   controls must fail, one for its air and one for its rise: see `separation/controls.mjs`
 */
import { analyse } from '../dist/analysis/analyse.js';
import { harmonicReader } from '../dist/analysis/harmonic-reader.js';
import { settingsUnder } from '../dist/config/defaults.js';
import { soundReader } from '../dist/dsp/sound.js';
import { makePads } from '../dist/families/pads/make.js';
import { seamSeverity } from '../dist/loops/seam.js';
import { measureSeam } from '../dist/loops/seam-meter.js';
import { score, sumScores } from './mining/score.mjs';
import { noiseAsStruck, plainMedians } from './separation/controls.mjs';
import { partFigures } from './separation/part-figures.mjs';
import { makeDrummedSong } from './separation/song.mjs';
import { largest, median, powerDb, share } from './sound/statistics.mjs';
import { stereoError } from './sound/stereo-error.mjs';
import { line, printTable, shareLine } from './sound/verdicts.mjs';

const SONGS = 6;
/** Drums over chords, RMS, dB. */
const DRUM_LEVELS = [-6, 0, 6];
const WAYS = ['off', 'auto'];
const PADS_A_SONG = 3;
/** The harmonic part may be that much louder or softer above 4 kHz than the mix between its hits, dB. */
const AIR_DB = 6;
/** And rise by that share of what the mix rises at its hits. */
const MOST_RISE = 0.1;
/** The controls: so much too soft, or so much of the rise, at least. */
const CONTROL = { airDb: 8, rise: 0.2 };

const lines = [];
const heardOfAll = [];
let separationSec = 0;
let songSec = 0;
for (const drumDb of DRUM_LEVELS) {
  const found = Object.fromEntries(WAYS.map((way) => [way, { scores: [], pads: [] }]));
  const parts = { harmonic: [], medians: [], struck: [], chords: [] };
  for (let number = 1; number <= SONGS; number++) {
    const song = makeDrummedSong(number, drumDb);
    for (const way of WAYS) {
      const pads = await padsOf(song, way);
      found[way].pads.push(...pads);
      found[way].scores.push(score(pads, { ...song, fade: { start: -1, end: -1 } }, PADS_A_SONG));
    }
    await addParts(song, parts);
  }
  heardOfAll.push(...found.auto.pads.map(({ heard }) => heard));
  for (const way of WAYS) lines.push(...figureLines(`drums ${drumDb} dB, ${way}`, way, found[way]));
  lines.push(...partLines(`drums ${drumDb} dB, harmonic part`, parts));
}
lines.push(seamLine(heardOfAll));
lines.push(
  line('cost', 'separation, CPU a minute', (60 * separationSec) / songSec, { unit: 's', atMost: 1.5 }),
);

if (process.argv.includes('--json')) console.log(JSON.stringify(lines, null, 2));
else printTable(lines);
if (lines.some(({ verdict }) => verdict === 'MISS')) process.exitCode = 1;

async function padsOf({ mix, chords }, way) {
  const settings = settingsUnder({ pre_analysis: { separate: way } });
  const reader = soundReader(mix);
  const material = { name: 'song', reader, analysis: await analyse(reader) };
  return measured(material, settings, chords);
}

/** Figures of the first chord: what lasts there, what plain medians make of it, and the chord without the drums. */
async function addParts({ mix, chords, passages: [{ start, end }] }, parts) {
  const { sampleRate } = mix;
  const [from, to] = [start, end].map((sec) => Math.round(sec * sampleRate));
  const stretch = ({ channels }) => channels.map((samples) => samples.subarray(from, to));
  const before = process.cpuUsage();
  const harmonic = await harmonicReader(soundReader(mix)).read(from, to - from);
  const { user, system } = process.cpuUsage(before);
  separationSec += (user + system) / 1e6;
  songSec += (to - from) / sampleRate;
  parts.harmonic.push(partFigures(stretch(mix), harmonic.channels, sampleRate));
  parts.medians.push(partFigures(stretch(mix), plainMedians(stretch(mix)), sampleRate));
  parts.struck.push(partFigures(stretch(mix), noiseAsStruck(stretch(mix)), sampleRate));
  parts.chords.push(partFigures(stretch(mix), stretch(chords), sampleRate));
}

async function measured(material, settings, chords) {
  const { sampleRate } = chords;
  const pads = [];
  for await (const { sound, origin, loop } of makePads(material, settings)) {
    if (!sound) continue;
    const from = Math.round(origin.startSec * sampleRate);
    const count = sound.channels[0].length;
    const wanted = chords.channels.map((channel) => channel.subarray(from, from + count));
    const { channels } = await harmonicReader(material.reader).read(from, count);
    pads.push({
      start: origin.startSec,
      end: origin.endSec,
      distortionDb: powerDb(differencePower(channels, wanted) / power(wanted)),
      stereo: stereoError(sound.channels, [wanted], sampleRate, 0),
      onsets: await loopedOnsetRate(sound),
      heard: seamSeverity(measureSeam(sound, loop.crossfade)),
    });
  }
  return pads;
}

/** Onsets a second of a loop that goes round: the middle two of four rounds. */
async function loopedOnsetRate({ sampleRate, channels }) {
  const frames = channels[0].length;
  const tiled = channels.map((channel) =>
    Float32Array.from({ length: 4 * frames }, (_, n) => channel[n % frames]),
  );
  const { onsets, hop } = await analyse(soundReader({ sampleRate, channels: tiled }));
  const inside = onsets.filter((cell) => cell * hop >= frames && cell * hop < 3 * frames);
  return (inside.length * sampleRate) / (2 * frames);
}

function power(channels) {
  return channels.reduce((sum, channel) => sum + channel.reduce((s, x) => s + x * x, 0), 0);
}

function differencePower(a, b) {
  return power(a.map((channel, c) => channel.map((x, n) => x - b[c][n])));
}

function figureLines(group, way, { scores, pads }) {
  const { passages, found, right, picks } = sumScores(scores);
  const wanted = SONGS * PADS_A_SONG;
  const asked = (limits) => (way === 'auto' ? limits : {});
  const count = pads.length;
  return [
    shareLine(group, 'pads made, of those asked for', count / wanted, wanted, asked({ atLeast: 0.9 })),
    shareLine(group, 'chords that a pad lies in', found / passages, passages, asked({ atLeast: 0.9 })),
    shareLine(group, 'pads that lie in a chord', right / picks, picks, asked({ atLeast: 0.95 })),
    line(group, 'distortion, median', median(pads.map((pad) => pad.distortionDb)), { unit: 'dB', count }),
    line(group, 'distortion, worst', count > 0 ? largest(pads.map((pad) => pad.distortionDb)) : Number.NaN, {
      unit: 'dB',
      count,
    }),
    line(group, 'onsets a second, median', median(pads.map((pad) => pad.onsets)), { count }),
    line(group, 'stereo error, median', median(pads.map((pad) => Math.abs(pad.stereo))), {
      count,
      ...asked({ atMost: 0.05 }),
    }),
  ];
}

function seamLine(heard) {
  const unheard = share(heard, (severity) => severity <= 1);
  return shareLine('all of auto', 'pads whose seam is not heard', unheard, heard.length, { atLeast: 0.95 });
}

function partLines(group, { harmonic, medians, struck, chords }) {
  const [ours, plain, airless, clean] = [harmonic, medians, struck, chords].map((figures) => ({
    airDb: largest(figures.map(({ airDb }) => Math.abs(airDb))),
    rise: largest(figures.map(({ rise }) => rise)),
    warbleDb: median(figures.map(({ warbleDb }) => warbleDb)),
  }));
  const count = harmonic.length;
  return [
    line(group, 'air against the mix between hits, worst', ours.airDb, { unit: 'dB', count, atMost: AIR_DB }),
    shareLine(group, 'rise at hits, of that of the mix, worst', ours.rise, count, { atMost: MOST_RISE }),
    line(group, 'warble at 2 to 8 Hz, median', ours.warbleDb, { unit: 'dB', count }),
    line(group, 'the same, of the chords without drums', clean.warbleDb, { unit: 'dB', count }),
    line(group, 'control: air where noise counts as struck', airless.airDb, {
      unit: 'dB',
      count,
      atLeast: CONTROL.airDb,
    }),
    shareLine(group, 'control: rise of plain medians', plain.rise, count, { atLeast: CONTROL.rise }),
  ];
}
