/** What knows nothing of where a ring begins gives the same, only turned, when the ring is turned. */
import { butterworthLowPass } from '../../../dist/dsp/butterworth.js';
import { filterCircular } from '../../../dist/dsp/filter.js';
import { loudness } from '../../../dist/dsp/loudness.js';
import { Random } from '../../../dist/dsp/random.js';
import { randomisePhases } from '../../../dist/dsp/randomise-phases.js';
import { evenLevel } from '../../../dist/dsp/riding.js';
import { truePeak } from '../../../dist/dsp/true-peak.js';
import { rotateLoop } from '../../../dist/loops/place-wrap.js';
import { bandPower } from '../band-power.mjs';
import { passesSeam, seamFigures } from '../seam-figures.mjs';
import { largest, powerDb, share } from '../statistics.mjs';
import { stereoError } from '../stereo-error.mjs';
import { line, shareLine } from '../verdicts.mjs';
import { chord, partialNear, RATE, tones, whiteNoise } from './signals.mjs';

const GROUP = 'known: rings';
const TURNS = [1, 4321, 30_011];
const SEED = 'ring';

export function ringLines() {
  const ring = { sampleRate: RATE, channels: [whiteNoise(61_113, 0.1, SEED)] };
  const lowPass = butterworthLowPass(4, 900, RATE);
  const riding = { width: 4410, limitDb: 6, passes: 2 };
  const filtered = (sound) => filterCircular([sound.channels[0]], lowPass)[0];
  const ridden = ({ channels }) => {
    const copy = channels.map((channel) => channel.slice());
    evenLevel(copy, riding);
    return copy[0];
  };
  return [
    line(GROUP, 'circular filter: turned in against turned out', worstTurn(ring, filtered), {
      unit: 'dB',
      count: TURNS.length,
      atMost: -100,
    }),
    line(GROUP, 'level riding: turned in against turned out', worstTurn(ring, ridden), {
      unit: 'dB',
      count: TURNS.length,
      atMost: -60,
    }),
    line(
      GROUP,
      'loudness of a turned ring, largest change',
      worstChange(ring, (sound) => loudness(sound, true)),
      { unit: 'LU', count: TURNS.length, atMost: 0.2 },
    ),
    line(
      GROUP,
      'true peak of a turned ring, largest change',
      worstChange(ring, (sound) => 20 * Math.log10(truePeak(sound, true))),
      { unit: 'dB', count: TURNS.length, atMost: 0.3 },
    ),
    ...phaseLines(),
    ...stereoSmearLines(),
  ];
}

/** A randomised ring must close wherever it is cut: no cut is calmer than another. */
function phaseLines() {
  const source = { sampleRate: RATE, channels: [chord([45, 52, 60], 4 * RATE)] };
  const ring = randomisePhases(source, 16 * RATE, new Random('bench', 'smear'));
  const steps = [];
  for (let i = 0; i < 24; i++) {
    steps.push(seamFigures(rotateLoop(ring, Math.floor((i * 16 * RATE) / 24)).channels, RATE));
  }
  const natural = share(steps.slice(1), passesSeam);
  return [
    shareLine(
      GROUP,
      'randomised ring: cuts that pass as a seam, wherever (its own included)',
      natural,
      steps.length - 1,
    ),
    line(GROUP, 'randomised ring: level at its own wrap', Math.abs(steps[0].levelDb), { unit: 'dB' }),
    line(
      GROUP,
      'randomised ring: flux at its own wrap over that of the worst other cut',
      steps[0].flux / largest(steps.slice(1).map(({ flux }) => flux)),
      { atMost: 1.1 },
    ),
  ];
}

/** Four times as long: tones stay at their pitch, noise and chord at their image and colour. */
function stereoSmearLines() {
  const frames = 4 * RATE;
  const common = whiteNoise(frames, 0.1, 'smear', 'common');
  const wide = ['left', 'right'].map((side) =>
    whiteNoise(frames, 0.1, 'smear', side).map((x, n) => x + common[n]),
  );
  const spread = [0, 0.9].map((phase) =>
    tones(
      [220, 331, 1250].map((hz, i) => ({ hz, phase: i + phase * (i + 1) })),
      frames,
    ),
  );
  const randomised = (channels) =>
    randomisePhases({ sampleRate: RATE, channels }, 4 * frames, new Random('bench', 'wide')).channels;
  const [noise, chordRing] = [wide, spread].map(randomised);
  const cents = [220, 331, 1250].map((hz) => 1200 * Math.log2(centreOf(chordRing[0], hz) / hz));
  const colours = [
    [100, 1000],
    [1000, 4000],
    [4000, 16_000],
  ].map(([low, high]) =>
    powerDb(bandPower(noise[0], RATE, low, high) / bandPower(wide[0], RATE, low, high) / 4),
  );
  return [
    line(
      GROUP,
      'phase randomisation: left/right correlation of noise, error',
      Math.abs(stereoError(noise, [wide], RATE, 0)),
      { atMost: 0.05 },
    ),
    line(
      GROUP,
      'phase randomisation: left/right correlation of a chord, error',
      Math.abs(stereoError(chordRing, [spread], RATE, 0)),
      { atMost: 0.05 },
    ),
    line(GROUP, 'phase randomisation: pitch of partials, worst error', largest(cents.map(Math.abs)), {
      unit: 'cents',
      atMost: 2,
    }),
    line(
      GROUP,
      'phase randomisation: balance of bass, middle and treble of noise, worst change',
      largest(colours.map((db) => Math.abs(db - colours[1]))),
      { unit: 'dB', atMost: 1 },
    ),
  ];
}

/** Middle of the power around a tone that was smeared over some Hz. */
function centreOf(samples, hz) {
  let [weighted, all] = [0, 0];
  for (let at = hz - 15; at <= hz + 15; at += 1.5) {
    const { amplitude } = partialNear(samples, at, 0);
    weighted += at * amplitude ** 2;
    all += amplitude ** 2;
  }
  return weighted / all;
}

function worstTurn(ring, change) {
  const plain = change(ring);
  const scale = largest(plain.map(Math.abs));
  const differences = TURNS.map((turn) => {
    const turned = change(rotateLoop(ring, turn));
    return largest(turned.map((x, n) => Math.abs(x - plain[(n + turn) % plain.length])));
  });
  return 20 * Math.log10(largest(differences) / scale + 1e-12);
}

function worstChange(ring, measure) {
  const plain = measure(ring);
  return largest(TURNS.map((turn) => Math.abs(measure(rotateLoop(ring, turn)) - plain)));
}
