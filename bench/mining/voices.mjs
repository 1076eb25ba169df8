/**
 * The players of the planted songs. Each adds to the two channels of `stage` between two frames; all chance
 * comes from the `random` given.
 */

/** @typedef {{ sampleRate: number, left: Float32Array, right: Float32Array }} Stage */

const TABLE_SIZE = 2048;
const noteHz = (note) => 440 * 2 ** ((note - 69) / 12);

/** One cycle with harmonics falling as 1/h^slope, and its first sample again at the end. */
function cycle(harmonics, slope) {
  const table = new Float32Array(TABLE_SIZE + 1);
  for (let n = 0; n <= TABLE_SIZE; n++) {
    for (let h = 1; h <= harmonics; h++)
      table[n] += Math.sin((2 * Math.PI * h * n) / TABLE_SIZE) / h ** slope;
  }
  return table;
}

const TIMBRES = { organ: cycle(4, 0.8), strings: cycle(12, 1.1), glass: cycle(3, 2), reed: cycle(9, 0.7) };
export const TIMBRE_NAMES = Object.keys(TIMBRES);

function addTone(stage, table, hz, from, to, gainAt, pan, wobble) {
  const { sampleRate, left, right } = stage;
  const [a, b] = [Math.cos((pan * Math.PI) / 2), Math.sin((pan * Math.PI) / 2)];
  let phase = wobble.phase;
  for (let n = from; n < to; n++) {
    const bend =
      wobble.cents === 0
        ? 1
        : 1 + (wobble.cents / 1731) * Math.sin((2 * Math.PI * wobble.hz * n) / sampleRate);
    phase += (hz * bend) / sampleRate;
    phase -= Math.floor(phase);
    const place = phase * TABLE_SIZE;
    const i = place | 0;
    const sample = (table[i] + (place - i) * (table[i + 1] - table[i])) * gainAt(n);
    left[n] += a * sample;
    right[n] += b * sample;
  }
}

/**
 * A held chord: every note by two voices a few cents apart, on either side.
 * @param shape gain at a place from 0 to 1 within the chord; besides it fades in and out over `edgeSec`
 */
export function holdChord(
  stage,
  notes,
  from,
  to,
  random,
  { timbre, level, edgeSec = 0.4, vibratoCents = 0, tremoloDb = 0, shape = () => 1 },
) {
  const edge = edgeSec * stage.sampleRate;
  const tremoloHz = random.between(4, 6);
  const gainAt = (n) => {
    const ends = Math.min(1, (n - from) / edge, (to - n) / edge);
    const tremolo =
      tremoloDb === 0
        ? 1
        : 10 ** ((tremoloDb / 40) * Math.sin((2 * Math.PI * tremoloHz * n) / stage.sampleRate));
    return (level / notes.length / 2) * Math.max(0, ends) * tremolo * shape((n - from) / (to - from));
  };
  for (const note of notes) {
    for (const side of [-1, 1]) {
      const wobble = { phase: random.uniform(), hz: random.between(4.5, 6), cents: vibratoCents };
      const cents = side * random.between(1, 4);
      addTone(
        stage,
        TIMBRES[timbre],
        noteHz(note + cents / 100),
        from,
        to,
        gainAt,
        0.5 + 0.35 * side,
        wobble,
      );
    }
  }
}

/** Plucked notes of a scale, so many a second; legato ones are held, each swelling in as the last one leaves. */
export function playMelody(stage, scale, from, to, random, { level, notesPerSecond, legato = false }) {
  const { sampleRate } = stage;
  const beat = sampleRate / notesPerSecond;
  for (let at = from; at < to; at += beat) {
    const start = Math.round(at);
    const end = Math.min(to, Math.round(start + 2 * beat));
    const plucked = (n) => Math.min(1, (n - start) / 60) * Math.exp((-4 * (n - start)) / beat);
    const held = (n) =>
      Math.max(0, Math.min(1, (n - start) / (0.2 * beat), (1.2 * beat - (n - start)) / (0.2 * beat)));
    const gainAt = (n) => (level / 2) * (legato ? held(n) : plucked(n));
    const wobble = { phase: 0, hz: 0, cents: 0 };
    addTone(stage, TIMBRES.reed, noteHz(random.pick(scale)), start, end, gainAt, random.uniform(), wobble);
  }
}

/** Chords struck again and again, each ringing down by 26 dB to the next: a piano's. @param chord gives the notes */
export function strikeChords(stage, chord, from, to, { level, everySec }) {
  const every = Math.round(everySec * stage.sampleRate);
  for (let start = from; start < to; start += every) {
    const end = Math.min(to, start + every);
    const notes = chord();
    const gainAt = (n) =>
      (level / notes.length) *
      Math.min(1, (n - start) / 100, (end - n) / 100) *
      Math.exp((-3 * (n - start)) / every);
    for (const [i, note] of notes.entries()) {
      addTone(stage, TIMBRES.strings, noteHz(note), start, end, gainAt, i / (notes.length - 1), {
        phase: 0,
        hz: 0,
        cents: 0,
      });
    }
  }
}

/** Speech by its rhythm: voiced syllables of gliding pitch, four to six a second, with hisses and pauses between. */
export function talk(stage, from, to, random, { level }) {
  for (let start = from; start < to; ) {
    const end = Math.min(to, start + Math.round(random.between(0.12, 0.25) * stage.sampleRate));
    const gainAt = (n) => level * Math.sin((Math.PI * (n - start)) / (end - start)) ** 2;
    const glide = { phase: 0, hz: random.between(2, 4), cents: random.between(100, 300) };
    if (random.uniform() < 0.7)
      addTone(stage, TIMBRES.reed, random.between(110, 180), start, end, gainAt, 0.5, glide);
    else addNoise(stage, start, end, random, 0.2 * level);
    start = end + (random.uniform() < 0.15 ? Math.round(0.3 * stage.sampleRate) : 0);
  }
}

/** Kick, snare and hats in a straight beat. @param hitsPerSecond eighth notes; `sparse` leaves the kick alone */
export function playDrums(stage, from, to, random, { level, hitsPerSecond, sparse = false }) {
  const beat = stage.sampleRate / hitsPerSecond;
  for (let hit = 0, at = from; at < to; hit++, at += beat) {
    const start = Math.round(at);
    if (hit % 4 === 0) addKick(stage, start, to, level);
    if (sparse) continue;
    if (hit % 4 === 2) addBurst(stage, start, to, random, 0.6 * level, 0.12);
    addBurst(stage, start, to, random, 0.25 * level, 0.03);
  }
}

function addKick({ sampleRate, left, right }, start, to, level) {
  const end = Math.min(to, start + Math.round(0.25 * sampleRate));
  let phase = 0;
  for (let n = start; n < end; n++) {
    const t = (n - start) / sampleRate;
    phase += (50 + 120 * Math.exp(-40 * t)) / sampleRate;
    const sample = level * Math.exp(-14 * t) * Math.sin(2 * Math.PI * phase);
    left[n] += sample;
    right[n] += sample;
  }
}

function addBurst({ sampleRate, left, right }, start, to, random, level, decaySec) {
  const end = Math.min(to, start + Math.round(5 * decaySec * sampleRate));
  for (let n = start; n < end; n++) {
    const gain = level * Math.exp(-(n - start) / sampleRate / decaySec);
    left[n] += gain * (2 * random.uniform() - 1);
    right[n] += gain * (2 * random.uniform() - 1);
  }
}

/** Hiss, different on either side. */
export function addNoise({ left, right }, from, to, random, level) {
  for (let n = from; n < to; n++) {
    left[n] += level * random.gaussian();
    right[n] += level * random.gaussian();
  }
}
