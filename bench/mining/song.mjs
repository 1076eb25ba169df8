/** A song in code, with held passages whose places are known. The same seed, name and number give the same song. */
import { Random } from '../../dist/dsp/random.js';
import { addNoise, holdChord, playDrums, playMelody, strikeChords, TIMBRE_NAMES, talk } from './voices.mjs';

const CHORDS = [
  [0, 7, 12, 16],
  [0, 7, 12, 15],
  [0, 4, 11, 14],
  [0, 3, 10, 14],
  [0, 7, 14, 19],
  [0, 5, 10, 17],
];
/** Degrees of a key that chords stand on. */
const DEGREES = [0, 5, 7, 9, 2, 4];
const SCALE = [0, 2, 4, 5, 7, 9, 11, 12, 14, 16];
const PASSAGE_LEVEL = 0.35;
const WANDER_SEC = 7;

/**
 * @returns {{ sound: import('../../dist/dsp/sound.js').Sound, passages: Span[], fade: Span }} spans in seconds;
 *   a passage without its swelling edges
 */
export function makeSong(seed, name, number, condition) {
  const random = new Random('song', seed, name, number);
  const key = 45 + 12 * condition.octave + random.below(12) + condition.detuneCents / 100;
  const sections = arrange(condition, random);
  const { sampleRate } = condition;
  const frames = Math.round(sections.at(-1).end * sampleRate);
  const stage = { sampleRate, left: new Float32Array(frames), right: new Float32Array(frames) };
  for (const [i, section] of sections.entries()) perform(stage, section, i, key, condition, random);
  if (condition.bed > 0) addNoise(stage, 0, frames, random, condition.bed);
  const passages = sections.filter(({ kind }) => kind === 'passage');
  return {
    sound: mastered(stage, condition),
    passages: passages.map(({ start, end }) => ({
      start: start + condition.edgeSec,
      end: end - condition.edgeSec,
    })),
    fade: sections.at(-1),
  };
}

/** Sections in order: something restless before each passage and after the last, then the fade-out. */
function arrange({ restless, passages, passageSec, fadeSec }, random) {
  const offset = random.below(restless.length);
  const sections = [];
  let start = 0;
  const add = (kind, seconds) => {
    sections.push({ kind, start, end: start + seconds });
    start += seconds;
  };
  for (let i = 0; i <= passages; i++) {
    add(restless[(offset + i) % restless.length], random.between(4, 6));
    if (i < passages) add('passage', random.between(...passageSec));
  }
  add('fade', fadeSec);
  return sections;
}

function perform(stage, { kind, start, end }, index, key, condition, random) {
  const from = Math.round(start * stage.sampleRate);
  const to = Math.round(end * stage.sampleRate);
  const chord = () => {
    const root = key + DEGREES[index % DEGREES.length];
    return CHORDS[(index + random.below(2)) % CHORDS.length].map((interval) => root + interval);
  };
  const hold = (options) => {
    holdChord(stage, chord(), from, to, random, {
      timbre: TIMBRE_NAMES[index % TIMBRE_NAMES.length],
      level: PASSAGE_LEVEL,
      vibratoCents: condition.vibratoCents,
      tremoloDb: condition.tremoloDb,
      ...options,
    });
  };
  if (kind === 'passage') hold({ edgeSec: condition.edgeSec });
  if (kind === 'fade' || kind === 'falling chord') hold({ edgeSec: 0.4, shape: (place) => 1 - place });
  if (kind === 'rising chord') hold({ edgeSec: 0.4, shape: (place) => place });
  if (kind === 'struck chords')
    strikeChords(stage, chord, from, to, { level: PASSAGE_LEVEL, everySec: random.between(1.2, 2) });
  if (kind === 'talk') talk(stage, from, to, random, { level: 0.3 });
  if (kind.includes('drums')) {
    if (condition.padUnderDrums) hold({});
    playDrums(stage, from, to, random, {
      level: 0.5,
      hitsPerSecond: random.between(5, 8),
      sparse: condition.sparse,
    });
  }
  if (kind.includes('melody')) {
    const scale = SCALE.map((degree) => key + 12 + degree);
    const legato = kind.includes('legato');
    const notesPerSecond = legato ? random.between(2, 3) : random.between(4, 7);
    playMelody(stage, scale, from, to, random, { level: 0.4, notesPerSecond, legato });
  }
  if (kind === 'hiss') addNoise(stage, from, to, random, 0.06);
}

function mastered({ sampleRate, left, right }, { channels, gain, offset, wander }) {
  const moved = (n) => offset + wander * Math.sin((2 * Math.PI * n) / sampleRate / WANDER_SEC);
  const finish = (channel) => channel.map((x, n) => Math.max(-1, Math.min(1, gain * x + moved(n))));
  const stereo = [finish(left), finish(right)];
  return {
    sampleRate,
    channels: channels === 2 ? stereo : [stereo[0].map((x, n) => (x + stereo[1][n]) / 2)],
  };
}
