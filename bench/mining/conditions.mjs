/**
 * What makes each group of planted songs hard. All songs have drums, melody, hiss and a fade-out around their
 * held passages; a condition adds to that.
 *
 * - sampleRate Hz; channels 1 or 2; gain of the whole song, over full scale it clips; octave of the key
 * - offset is DC, and wander by how much it moves besides, up and down every seven seconds
 * - restless: what stands between the passages, in turn
 * - bed: RMS of hiss under everything; vibratoCents and tremoloDb of the held chords
 * - passages: how many; passageSec: their length, from and to; edgeSec: how slowly they swell
 * - padUnderDrums: the drums play over held chords too; sparse: of the drums there only the kick is left
 * - fadeSec: length of the fade-out, of a held chord
 */
const PLAIN = {
  sampleRate: 44_100,
  channels: 2,
  gain: 1,
  octave: 0,
  offset: 0,
  wander: 0,
  restless: ['drums', 'melody', 'drums and melody', 'hiss'],
  bed: 0,
  vibratoCents: 0,
  tremoloDb: 0,
  passages: 3,
  passageSec: [5, 8],
  edgeSec: 0.4,
  padUnderDrums: false,
  sparse: false,
  detuneCents: 0,
  fadeSec: 8,
};

export const CONDITIONS = {
  plain: {},
  'one passage only': { passages: 1, passageSec: [7, 9] },
  'six passages': { passages: 6 },
  'short passages': { passages: 3, passageSec: [3.2, 4] },
  'quiet (-12 dB)': { gain: 0.25 },
  'noise under everything': { bed: 0.004 },
  'vibrato and tremolo': { vibratoCents: 12, tremoloDb: 2 },
  'DC offset': { offset: 0.12 },
  'DC that wanders': { offset: -0.1, wander: 0.2 },
  'out of tune': { detuneCents: 37 },
  'slow swells': { edgeSec: 2, passageSec: [7, 10] },
  'chords under drums': { padUnderDrums: true },
  'chords under a lone kick': { padUnderDrums: true, sparse: true },
  'legato melody between': { restless: ['legato melody', 'melody'] },
  'struck chords between': { restless: ['struck chords', 'drums'] },
  'chords fading in between': { restless: ['rising chord', 'melody'] },
  'chords fading out between': { restless: ['falling chord', 'drums'] },
  'talking between': { restless: ['talk', 'melody'] },
  'low keys': { octave: -1 },
  'high keys': { octave: 1 },
  loud: { gain: 2 },
  'long fade-out': { fadeSec: 20 },
  '22.05 kHz': { sampleRate: 22_050 },
  '48 kHz': { sampleRate: 48_000 },
  '96 kHz': { sampleRate: 96_000 },
  mono: { channels: 1 },
};

export const conditionNamed = (name) => ({ ...PLAIN, ...CONDITIONS[name] });
