import { describe, expect, it } from 'vitest';
import { sourceDistance } from '../../src/analysis/source-texture.ts';
import { frameCount, type Sound } from '../../src/dsp/sound.ts';
import { correlationOf, stereoCovariance } from '../../src/dsp/stereo.ts';
import { lackOfColour } from '../../src/families/beds/colour.ts';
import { coloursOf } from '../../src/families/beds/colours.ts';
import { courseOf, finishRing } from '../../src/families/beds/finish.ts';
import { makeBeds, partsOf } from '../../src/families/beds/make.ts';
import { measuresOf } from '../../src/families/beds/measures.ts';
import { momentsOf } from '../../src/families/beds/moments.ts';
import { drawPath } from '../../src/families/beds/path.ts';
import { PathCost } from '../../src/families/beds/path-cost.ts';
import { referenceOf } from '../../src/families/beds/reference.ts';
import { stillMoments } from '../../src/families/beds/still.ts';
import { courseSeverity } from '../../src/loops/course.ts';
import { BAND_COUNT, type LogMelFrames } from '../../src/loops/log-mel.ts';
import { chord, joined, mono, noise, RATE, rms } from '../signals.ts';
import { allOf, materialOf, randomFor, settingsWith } from './making.ts';

const SHORT = {
  ...{ duration_sec: 6, shortest_stretch_sec: 1.5, longest_stretch_sec: 3 },
  ...{ shortest_overlap_sec: 0.3, longest_overlap_sec: 0.8 },
};
const settings = settingsWith({ beds: SHORT });
const [A_MINOR, F_MAJOR] = [
  [57, 60, 64],
  [53, 57, 60],
];

/** Two chords over a breath of noise. */
function twoChords(seconds: number): Sound {
  const half = Math.round((seconds * RATE) / 2);
  const tones = joined(chord(A_MINOR, half, 0.2), chord(F_MAJOR, half, 0.2));
  const breath = noise(tones.length, 0.01, 'breath');
  return mono(tones.map((x, n) => x + breath[n]));
}

/** More on the left, 6 dB, and as wide as a room makes it. */
function panned(samples: Float32Array): Sound {
  const side = noise(samples.length, 0.03, 'side');
  return { sampleRate: RATE, channels: [samples, samples.map((x, n) => 0.5 * x + side[n])] };
}

/** The same, and a click every so many seconds. */
function clicking(seconds: number, every: number): Sound {
  const sound = twoChords(seconds);
  const click = noise(441, 0.8, 'click');
  for (let at = Math.round(every * RATE); at + 441 < frameCount(sound); at += Math.round(every * RATE)) {
    for (let n = 0; n < 441; n++) sound.channels[0][at + n] += click[n];
  }
  return sound;
}

async function pathOf(sound: Sound) {
  const { analysis } = await materialOf(sound);
  const moments = momentsOf(analysis);
  const measures = measuresOf(moments, 6 * RATE, settings, RATE);
  const reference = referenceOf(analysis, moments, 3);
  return { measures, path: drawPath(moments, measures, reference, randomFor(1)('bed', 1))! };
}

describe('a bed', () => {
  it('is a ring as long as asked, even, and the same again', async () => {
    const { textures } = await allOf(makeBeds, twoChords(9), settings);
    expect(textures).toHaveLength(1);
    const [{ sound, loop, part, madeLike }] = textures;
    expect(loop).toEqual({ kind: 'ring' });
    expect(part).toBe('whole');
    expect(frameCount(sound)).toBe(6 * RATE);
    expect(sourceDistance(sound, madeLike!)).toBeLessThan(1.5);
    const [ring] = sound.channels;
    const levels = Array.from({ length: 12 }, (_, i) => rms(ring, (i * RATE) / 2, ((i + 1) * RATE) / 2));
    expect(20 * Math.log10(Math.max(...levels) / Math.min(...levels))).toBeLessThan(3);
    expect(severityOf(sound)).toBeLessThan(1);
    const again = await allOf(makeBeds, twoChords(9), settings);
    expect(again.textures[0].sound.channels[0]).toEqual(ring);
  });

  it('has nothing that stands out, where its source clicks now and then', async () => {
    const source = clicking(9, 2.2);
    expect(severityOf(source)).toBeGreaterThan(2);
    const { textures } = await allOf(makeBeds, source, settings);
    expect(severityOf(textures[0].sound)).toBeLessThan(1);
  });

  it('has no hole where its source falls silent between two chords', async () => {
    // As a note that is let go: 60 dB within a second and a half.
    const released = (notes: number[]) =>
      chord(notes, 6 * RATE, 0.2).map((x, n) => x * 10 ** (-2 * Math.max(0, n / RATE - 4.5)));
    const chords = joined(released(A_MINOR), released(F_MAJOR));
    const breath = noise(chords.length, 1e-5, 'breath');
    const { textures } = await allOf(
      makeBeds,
      mono(chords.map((x, n) => x + breath[n])),
      settingsWith({ beds: { ...SHORT, duration_sec: 16 } }),
    );
    const [samples] = textures[0].sound.channels;
    for (let at = 0; at + RATE / 10 <= samples.length; at += RATE / 10) {
      expect(20 * Math.log10(rms(samples, at, at + RATE / 10) / rms(samples))).toBeGreaterThan(-4);
    }
  });

  it('keeps the image of its source, woven as well', async () => {
    for (const seconds of [5, 12]) {
      const source = panned(twoChords(seconds).channels[0]);
      const { textures } = await allOf(makeBeds, source, settings);
      const [made, given] = [textures[0].sound, source].map(({ channels: [left, right] }) => ({
        balance: 20 * Math.log10(rms(left) / rms(right)),
        width: correlationOf(stereoCovariance(left, right)),
      }));
      expect(made.balance).toBeCloseTo(given.balance, 0);
      expect(made.width).toBeCloseTo(given.width, 1);
    }
  });

  it('is made of what lasts where that is asked for, and says so', async () => {
    const wanted = settingsWith({ beds: SHORT, pre_analysis: { separate: 'harmonic' } });
    const { textures } = await allOf(makeBeds, twoChords(8), wanted);
    expect(textures[0].part).toBe('harmonic');
    expect(partsOf('off')).toEqual(['whole']);
    expect(partsOf('auto')).toEqual(['whole', 'harmonic']);
  });

  it('is not made of what is too short, or silent, and says so', async () => {
    const short = await allOf(makeBeds, twoChords(2), settings);
    expect(short.skipped.map(({ words }) => words)).toEqual([
      'it is 2 s long, and a bed takes 2.25 s; lower beds.shortest_stretch_sec',
    ]);
    const silent = await allOf(makeBeds, mono(new Float32Array(6 * RATE)), settings);
    expect(silent.skipped).toMatchObject([{ family: 'bed', reason: { code: 'no-path' } }]);
  });
});

describe('its path', () => {
  it('goes round the ring once, each stretch from where the last one ends', async () => {
    const { path } = await pathOf(twoChords(12));
    let end = 0;
    for (const { place, step, overlap } of path) {
      expect(place).toBe(end);
      expect(overlap).toBeLessThanOrEqual(step);
      end += step;
    }
    expect(end).toBe(6 * RATE);
  });

  it('costs as much by what a move changes as if it were counted anew', async () => {
    const { analysis } = await materialOf(twoChords(12));
    const moments = momentsOf(analysis);
    const parts = [measuresOf(moments, 6 * RATE, settings, RATE), referenceOf(analysis, moments, 3)] as const;
    const draft = { starts: Int32Array.of(3, 20, 9), steps: [8, 9, 7], overlaps: [4, 3, 5] };
    const cost = new PathCost(draft, moments, ...parts);
    const random = randomFor(1)('bed', 1);
    for (let i = 0; i < 40; i++) {
      cost.move(random.below(3), random.below(moments.count - 13));
      if (i % 3 === 0) cost.whole();
      if (i % 2 === 0) cost.undo();
      const anew = new PathCost(draft, moments, ...parts);
      expect(cost.least()).toBeCloseTo(anew.least(), 9);
      expect(cost.whole()).toBeCloseTo(anew.whole(), 9);
    }
  });

  it('plays no moment twice where there is enough, and goes through both chords', async () => {
    const { path, measures } = await pathOf(twoChords(20));
    expect(measures.isWoven).toBe(false);
    const played = path.map(({ start, step }) => [start, start + step]).sort(([one], [other]) => one - other);
    for (let i = 1; i < played.length; i++) expect(played[i][0]).toBeGreaterThan(played[i - 1][1] - RATE / 2);
    expect(path.some(({ start }) => start < 8 * RATE)).toBe(true);
    expect(path.some(({ start }) => start > 10 * RATE)).toBe(true);
  });

  it('plays each stretch with phases of its own where moments must come again', async () => {
    const { path, measures } = await pathOf(twoChords(5));
    expect(measures.isWoven).toBe(true);
    expect(new Set(path.map(({ delays }) => delays.join())).size).toBe(path.length);
    for (const { step, overlap } of path) expect(overlap).toBe(Math.round(0.75 * step));
    const { path: once } = await pathOf(twoChords(20));
    for (const { delays } of once) expect(delays).toEqual([]);
  });
});

describe('its stretches', () => {
  it('leave room for others to begin elsewhere, of what sounds', async () => {
    const sounding = (seconds: number) => chord(A_MINOR, Math.round(seconds * RATE), 0.2);
    const longestOf = async (sound: Sound) => {
      const { analysis } = await materialOf(sound);
      const { longestStep, overlapOf } = measuresOf(momentsOf(analysis), 20 * RATE, settingsWith({}), RATE);
      return (longestStep + overlapOf(longestStep, 1)) / RATE;
    };
    expect(await longestOf(mono(sounding(8)))).toBeCloseTo(4, 0);
    // Only 4 of the 8 s sound: half of the source would be all of them.
    expect(await longestOf(mono(joined(sounding(4), new Float32Array(4 * RATE))))).toBeLessThan(2.8);
  });
});

describe('what a bed is held against', () => {
  it('is nothing of what is far softer than the rest, however still', async () => {
    const held = clicking(6, 1.1).channels[0];
    const soft = noise(6 * RATE, 0.001, 'soft');
    const { analysis } = await materialOf(mono(joined(held, soft)));
    const moments = momentsOf(analysis);
    const still = stillMoments(moments);
    const half = moments.count >> 1;
    expect(still.subarray(0, half).some((one) => one === 1)).toBe(true);
    expect(still.subarray(half + 4).some((one) => one === 1)).toBe(false);
  });

  it('is the still half of its source, without what strikes ring on', async () => {
    // A chord that hisses on for a second and a half after each strike, for 4 s; then nothing is struck any more.
    const length = 12 * RATE;
    const held = chord(A_MINOR, length, 0.2);
    const hiss = noise(length, 0.2, 'hiss').map((x, n) =>
      n < 4 * RATE ? x * 10 ** ((-((n / RATE) % 1.5) * 30) / 20) : 1e-4 * x,
    );
    const breath = noise(length, 2e-5, 'hiss');
    const { analysis } = await materialOf(mono(held.map((x, n) => x + hiss[n])));
    const { colours } = referenceOf(analysis, momentsOf(analysis), 3);
    const alone = await materialOf(mono(held.map((x, n) => x + breath[n])));
    const wanted = referenceOf(alone.analysis, momentsOf(alone.analysis), 3).colours;
    const off = colours.mean.map((level, band) => Math.abs(level - wanted.mean[band]));
    expect(off.reduce((sum, one) => sum + one, 0) / off.length).toBeLessThan(3);
  });
});

describe('finishing a ring', () => {
  const coloursOfSound = async (sound: Sound) => {
    const { analysis } = await materialOf(sound);
    return referenceOf(analysis, momentsOf(analysis), 3).colours;
  };

  it('takes out what stands out, on one side as well, and leaves the other alone', async () => {
    const still = twoChords(4).channels[0];
    const struck = clicking(4, 1.3).channels[0];
    const sound = { sampleRate: RATE, channels: [still.slice(), struck] };
    expect(severityOf(sound)).toBeGreaterThan(2);
    const finished = finishRing(sound, await coloursOfSound(twoChords(4)), 0.99);
    expect(courseSeverity(finished.course)).toBeLessThan(1);
    expect(courseSeverity(finished.course)).toBeCloseTo(severityOf(finished.sound), 2);
    const [left, right] = finished.sound.channels.map((channel) => rms(channel, 0, RATE));
    expect(20 * Math.log10(left / right)).toBeCloseTo(0, 0);
  });

  it('takes out a swell that is none of its power', async () => {
    const steady = noise(6 * RATE, 0.1, 'steady');
    // As much power, in pulses: the level between them is what swells.
    const pulsing = steady.map((x, n) => (n < 3 * RATE ? x : n % 8000 < 4000 ? 1.41 * x : 0.05 * x));
    const colours = await coloursOfSound(mono(steady));
    expect(courseOf(mono(pulsing)).swellDb).toBeGreaterThan(5);
    expect(finishRing(mono(pulsing), colours, 0).course.swellDb).toBeLessThan(1.5);
  });

  it('is said to go round as it does once it is finished', async () => {
    const clicks = clicking(6, 1.5);
    for (const wanted of [clicks, mono(noise(6 * RATE, 0.1, 'white'))]) {
      const { sound, course } = finishRing(mono(clicks.channels[0].slice()), await coloursOfSound(wanted), 0);
      expect(course).toEqual(courseOf(sound));
    }
  });

  it('is as wide as what it plays', async () => {
    const { channels } = twoChords(4);
    const sides = [0.05, -0.05].map((side) => {
      const image = noise(channels[0].length, side, 'image');
      return channels[0].map((x, n) => x + image[n]);
    });
    const { sound } = finishRing(
      { sampleRate: RATE, channels: sides },
      await coloursOfSound(twoChords(4)),
      0.8,
    );
    const [left, right] = sound.channels;
    expect(correlationOf(stereoCovariance(left, right))).toBeCloseTo(0.8, 2);
  });

  it('lifts no band to the power of strikes that it leaves out', () => {
    // Treble at one level, but for every twentieth moment.
    const moments = (treble: number, struck: number) =>
      Array.from({ length: 80 }, (_, i) =>
        Float32Array.from({ length: BAND_COUNT }, (_, band) => (band < 30 ? 0 : i % 20 ? treble : struck)),
      );
    const ring = { count: 80, levels: joined(...moments(-50, -50)) } as LogMelFrames;
    const lackOf = (rows: Float32Array[]) => lackOfColour([ring], coloursOf(rows, BAND_COUNT))!;
    // 3 dB are allowed beyond what the steady colours differ by: four moments in 80, each counted as 6 dB over the rest, make 0.6.
    for (const lack of lackOf(moments(-50, 0))) expect(Math.abs(lack)).toBeLessThan(3.7);
    expect(lackOf(moments(-40, -40))[35]).toBeCloseTo(10, 5);
  });

  it('brings back the colour of its source', async () => {
    const white = noise(4 * RATE, 0.1, 'white');
    const dull = dulled(white);
    const { sound } = finishRing(mono(dull.slice()), await coloursOfSound(mono(white)), 0);
    const steps = (samples: Float32Array) =>
      rms(samples.map((x, n) => x - (samples[n - 1] ?? 0))) / rms(samples);
    const off = (samples: Float32Array) => 20 * Math.log10(steps(samples) / steps(white));
    expect(off(dull)).toBeLessThan(-3);
    expect(Math.abs(off(sound.channels[0]))).toBeLessThan(1);
  });
});

/** A shelf: the treble is up to 12 dB softer. */
function dulled(samples: Float32Array): Float32Array {
  let low = 0;
  return samples.map((x) => {
    low += 0.3 * (x - low);
    return low + 0.1 * (x - low);
  });
}

/** 1 and more where it is heard to come round again. */
function severityOf(sound: Sound): number {
  return courseSeverity(courseOf(sound));
}
