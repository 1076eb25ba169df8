/**
 * What does `pre_analysis.separate` give where drums never stop? Songs made in code, of three held chords with
 * busy melodies between them and drums over everything, are mined with it off and on; since their chords are
 * known without the drums, so is what is left of the drums.
 *
 *   npm run build
 *   npm run bench:separation -- [--json]
 *
 * - distortion: what is in a pad's stretch of source (or its harmonic part) besides the chords, against the chords
 * - onsets: in the pads, looped
 * - stereo error: of the pads against the chords alone
 */
import { analyse } from '../dist/analysis/analyse.js';
import { settingsUnder } from '../dist/config/defaults.js';
import { soundReader } from '../dist/dsp/sound.js';
import { openHarmonicMaterial } from '../dist/engine/harmonic-material.js';
import { makePads } from '../dist/families/pads/make.js';
import { seamSeverity } from '../dist/loops/seam.js';
import { measureSeam } from '../dist/loops/seam-meter.js';
import { nodePlatform } from '../dist/platform/node/platform.js';
import { score, sumScores } from './mining/score.mjs';
import { makeDrummedSong } from './separation/song.mjs';
import { largest, median, powerDb, share } from './sound/statistics.mjs';
import { stereoError } from './sound/stereo-error.mjs';
import { line, printTable, shareLine } from './sound/verdicts.mjs';

const SONGS = 6;
/** Drums over chords, RMS, dB. */
const DRUM_LEVELS = [-6, 0, 6];
const WAYS = ['off', 'harmonic'];
const PADS_A_SONG = 3;

const lines = [];
let separationSec = 0;
let songSec = 0;
for (const drumDb of DRUM_LEVELS) {
  const found = Object.fromEntries(WAYS.map((way) => [way, { scores: [], pads: [] }]));
  for (let number = 1; number <= SONGS; number++) {
    const song = makeDrummedSong(number, drumDb);
    for (const way of WAYS) {
      const pads = await padsOf(song, way);
      found[way].pads.push(...pads);
      found[way].scores.push(score(pads, { ...song, fade: { start: -1, end: -1 } }));
    }
  }
  for (const way of WAYS) lines.push(...figureLines(`drums ${drumDb} dB, ${way}`, way, found[way]));
}
lines.push(line('speed', 'separation and analysis, × real time', songSec / separationSec, { atLeast: 20 }));

if (process.argv.includes('--json')) console.log(JSON.stringify(lines, null, 2));
else printTable(lines);
if (lines.some(({ verdict }) => verdict === 'MISS')) process.exitCode = 1;

async function padsOf({ mix, chords }, way) {
  const settings = settingsUnder({ pre_analysis: { separate: way } });
  const reader = soundReader(mix);
  const whole = { name: 'song', reader, analysis: await analyse(reader) };
  if (way === 'off') return measured(whole, settings, chords);
  const before = process.cpuUsage();
  const { material, close } = await openHarmonicMaterial(nodePlatform, whole, () => {});
  const { user, system } = process.cpuUsage(before);
  separationSec += (user + system) / 1e6;
  songSec += reader.frameCount / reader.sampleRate;
  const pads = await measured(material, settings, chords);
  await close();
  return pads;
}

async function measured(material, settings, chords) {
  const { sampleRate } = chords;
  const pads = [];
  for await (const { sound, origin, loop } of makePads(material, settings)) {
    if (!sound) continue;
    const from = Math.round(origin.startSec * sampleRate);
    const count = sound.channels[0].length;
    const wanted = chords.channels.map((channel) => channel.subarray(from, from + count));
    const { channels } = await material.reader.read(from, count);
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
  const asked = (limits) => (way === 'harmonic' ? limits : {});
  const count = pads.length;
  return [
    shareLine(group, 'pads made, of those asked for', count / wanted, wanted, asked({ atLeast: 0.9 })),
    shareLine(group, 'chords that a pad lies in', found / passages, passages, asked({ atLeast: 0.9 })),
    shareLine(group, 'pads that lie in a chord', right / picks, picks, asked({ atLeast: 0.95 })),
    line(group, 'distortion, median', median(pads.map((pad) => pad.distortionDb)), { unit: 'dB', count }),
    line(group, 'distortion, worst', largest(pads.map((pad) => pad.distortionDb)), { unit: 'dB', count }),
    line(group, 'onsets a second, median', median(pads.map((pad) => pad.onsets)), { count }),
    line(group, 'stereo error, median', median(pads.map((pad) => Math.abs(pad.stereo))), {
      count,
      ...asked({ atMost: 0.05 }),
    }),
    shareLine(
      group,
      'pads whose seam is not heard',
      share(pads, ({ heard }) => heard <= 1),
      count,
      asked({ atLeast: 0.95 }),
    ),
  ];
}
