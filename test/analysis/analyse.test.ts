import { describe, expect, it } from 'vitest';
import { analyse, cellLength } from '../../src/analysis/analyse.ts';
import { resample } from '../../src/dsp/resample.ts';
import { type SoundReader, soundReader } from '../../src/dsp/sound.ts';
import { chord, decibels, faded, joined, mixed, noise, plucks, RATE, sine } from '../signals.ts';

const analyseChannels = (channels: Float32Array[], sampleRate = RATE) =>
  analyse(soundReader({ sampleRate, channels }));

function mean(values: ArrayLike<number>, start = 0, end = values.length): number {
  let sum = 0;
  for (let i = start; i < end; i++) sum += values[i];
  return sum / (end - start);
}

describe('cells', () => {
  it('are about 12 ms at every rate', () => {
    expect([8000, 11_025, 22_050, 44_100, 48_000, 96_000, 192_000].map(cellLength)).toEqual([
      128, 128, 256, 512, 512, 1024, 2048,
    ]);
  });

  it('cover the source, the last one short', async () => {
    const analysis = await analyseChannels([sine(440, 512 * 10 + 1)]);
    expect(analysis.cellCount).toBe(11);
    expect(analysis.timbre.rows).toBe(3);
    expect(analysis.chroma.rows).toBe(2);
  });

  it('exist even for one sample, and not for none', async () => {
    expect((await analyseChannels([new Float32Array([0.5])])).cellCount).toBe(1);
    const empty = await analyseChannels([new Float32Array(0)]);
    expect(empty.cellCount).toBe(0);
    expect(empty.key).toBeNull();
  });

  it('are the same however the source is cut into blocks', async () => {
    // Longer than two blocks: what comes late must equal the analysis of the late part alone.
    const frames = 2 ** 17;
    const late = mixed(chord([57, 60, 64], frames), noise(frames, 0.01));
    const whole = await analyseChannels([joined(noise(2 * frames, 0.1), late)]);
    const part = await analyseChannels([late]);
    const offset = (2 * frames) / 512;
    for (let cell = 8; cell < 240; cell++) {
      expect(whole.centroid[offset + cell]).toBeCloseTo(part.centroid[cell], 1);
      expect(whole.flatness[offset + cell]).toBeCloseTo(part.flatness[cell], 5);
      expect(whole.onsetStrength[offset + cell]).toBeCloseTo(part.onsetStrength[cell], 3);
    }
  });
});

describe('levels', () => {
  it('are exact, about the offset', async () => {
    const tone = sine(441, RATE, 0.25);
    const { dc, power, peak, drift } = await analyseChannels([tone.map((x) => x + 0.3)]);
    expect(dc[0]).toBeCloseTo(0.3, 4);
    expect(decibels(Math.sqrt(mean(power, 0, 86)))).toBeCloseTo(-15.05, 1);
    expect(Math.max(...peak)).toBeCloseTo(0.25, 3);
    expect(Math.abs(mean(drift))).toBeLessThan(1e-3);
  });

  it('keep what cancels between left and right', async () => {
    const tone = sine(1000, RATE, 0.5);
    const analysis = await analyseChannels([tone, tone.map((x) => -x)]);
    expect(decibels(Math.sqrt(mean(analysis.power, 0, 86)))).toBeCloseTo(-9.03, 1);
    expect(mean(analysis.centroid, 4, 80)).toBeGreaterThan(950);
    expect(mean(analysis.centroid, 4, 80)).toBeLessThan(1050);
  });

  it('show an offset that comes and goes as drift', async () => {
    const tone = sine(300, RATE, 0.1);
    const { drift, dc } = await analyseChannels([
      joined(
        tone,
        tone.map((x) => x + 0.2),
      ),
    ]);
    expect(dc[0]).toBeCloseTo(0.1, 3);
    expect(mean(drift, 0, 44)).toBeCloseTo(-0.1, 2);
    expect(mean(drift, 130, 172)).toBeCloseTo(0.1, 2);
  });

  it('are those of the music where its offset moves with it', async () => {
    const swell = Float32Array.from(
      { length: 4 * RATE },
      (_, n) => 0.2 * Math.sin((2 * Math.PI * n) / (4 * RATE)),
    );
    const tone = sine(300, 4 * RATE, 0.1);
    const { power } = await analyseChannels([tone.map((x, n) => x + swell[n])]);
    expect(decibels(Math.sqrt(mean(power, 50, 290)))).toBeCloseTo(-23, 0);
  });

  it('count clipped runs, also across cells, but no lone peak', async () => {
    const samples = new Float32Array(2048);
    samples[100] = 1;
    samples.fill(-1, 700, 703);
    samples.fill(1, 1023, 1025);
    const { clipped } = await analyseChannels([samples]);
    expect([...clipped]).toEqual([0, 4, 1, 0]);
  });
});

describe('shape', () => {
  it('tells tone from noise', async () => {
    const tone = await analyseChannels([sine(1000, RATE, 0.5)]);
    const hiss = await analyseChannels([noise(RATE, 0.5)]);
    expect(mean(tone.flatness, 4, 80)).toBeLessThan(1e-4);
    // Single periodograms of white noise: e^-γ = 0.56 (two degrees of freedom a bin).
    expect(mean(hiss.flatness, 4, 80)).toBeCloseTo(0.56, 1);
    expect(mean(hiss.centroid, 4, 80) / (RATE / 4)).toBeCloseTo(1, 1);
  });

  it.each([16_000, 22_050, 48_000])('hears noise at %i Hz as noise after conversion', async (sampleRate) => {
    const hiss = resample({ sampleRate, channels: [noise(sampleRate, 0.5)] }, RATE);
    expect(mean((await analyse(soundReader(hiss))).flatness, 4, 80)).toBeGreaterThan(0.5);
  });

  it.each([8000, 11_025, 22_050, 48_000, 96_000])('finds the centroid of a sine at %i Hz', async (rate) => {
    const { centroid } = await analyseChannels([sine(1200, 2 * rate, 0.5, rate)], rate);
    expect(mean(centroid, 8, centroid.length - 8) / 1200).toBeCloseTo(1, 1);
  });

  it('is not moved by an offset', async () => {
    const tone = sine(880, RATE, 0.1);
    const [plain, shifted] = await Promise.all([
      analyseChannels([tone]),
      analyseChannels([tone.map((x) => x + 0.5)]),
    ]);
    for (let cell = 0; cell < plain.cellCount; cell++) {
      expect(Math.abs(shifted.centroid[cell] - plain.centroid[cell])).toBeLessThan(60);
    }
    expect(shifted.onsets).toEqual(plain.onsets);
  });

  it('is nothing in silence', async () => {
    const analysis = await analyseChannels([new Float32Array(RATE)]);
    for (const track of [
      analysis.flatness,
      analysis.centroid,
      analysis.onsetStrength,
      analysis.chroma.values,
    ]) {
      expect(Math.max(...track)).toBe(0);
    }
    expect([analysis.key, analysis.tempo, analysis.root]).toEqual([null, null, null]);
    expect(analysis.onsets.length).toBe(0);
  });
});

describe('onsets', () => {
  const times = [0.3, 0.71, 1.02, 1.5, 1.93, 2.4, 2.61, 3.1];

  it.each([8000, 22_050, 44_100, 48_000, 96_000])('are found within 12 ms at %i Hz', async (rate) => {
    const { onsets, hop } = await analyseChannels([plucks(times, 700, 4 * rate, 0.5, rate)], rate);
    expect(onsets.length).toBe(times.length);
    times.forEach((time, i) => {
      expect(Math.abs(((onsets[i] + 0.5) * hop) / rate - time)).toBeLessThan(0.012);
    });
  });

  it('are found at -40 dB as well, and over a held chord', async () => {
    const quiet = await analyseChannels([plucks(times, 700, 4 * RATE, 0.005)]);
    expect(quiet.onsets.length).toBe(times.length);
    const held = chord([45, 52, 57], 4 * RATE, 0.2);
    const over = await analyseChannels([mixed(held, plucks(times, 1700, 4 * RATE, 0.3))]);
    // The chord itself begins at once: one onset more.
    expect(over.onsets.length).toBe(times.length + 1);
  });

  it('are not heard in noise, a vibrato or a slow fade', async () => {
    const vibrato = Float32Array.from({ length: 4 * RATE }, (_, n) => {
      const time = n / RATE;
      return 0.4 * Math.sin(2 * Math.PI * 440 * time + 3 * Math.sin(2 * Math.PI * 5 * time));
    });
    for (const still of [noise(4 * RATE, 0.2), vibrato, faded(chord([45, 52, 57], 4 * RATE), 30)]) {
      const { onsets } = await analyseChannels([still]);
      expect([...onsets].filter((cell) => cell > 4)).toEqual([]);
    }
  });
});

describe('streaming', () => {
  it('asks for each frame once, in order, in pieces, and tells how far it is', async () => {
    const source = soundReader({ sampleRate: RATE, channels: [noise(7 * RATE, 0.1)] });
    let next = 0;
    const watched: SoundReader = {
      ...source,
      read(start, count) {
        expect(start).toBe(next);
        expect(count).toBeLessThanOrEqual(2 ** 17 + 2 ** 13);
        next += count;
        return source.read(start, count);
      },
    };
    const shares: number[] = [];
    await analyse(watched, (share) => shares.push(share));
    expect(next).toBe(source.frameCount);
    expect(shares.at(-1)).toBe(1);
    expect(shares).toEqual([...shares].sort((one, other) => one - other));
  });
});
