import { describe, expect, it } from 'vitest';
import { harmonicReader } from '../../src/analysis/harmonic-reader.ts';
import { frameCount, type Sound, soundReader } from '../../src/dsp/sound.ts';
import { correlation, errorDb, mixed, noise, RATE, rms, sines } from '../signals.ts';

const FRAMES = 5 * RATE;
const BODY = [1.5 * RATE, 3.5 * RATE] as const;
const body = (samples: Float32Array) => samples.subarray(...BODY);
const db = (ratio: number) => 20 * Math.log10(ratio);

const tones = sines([220, 277.18, 554.37, 1318.5], FRAMES, 0.08);
/** Bursts of noise of 60 ms, five a second. */
const hits = noise(FRAMES, 0.4, 'hits').map((x, n) => x * Math.exp(-(n % (RATE / 5)) / (0.02 * RATE)));
/** Kicks: 60 Hz for a tenth of a second, three a second. They are as narrow as any tone. */
const kicks = Float32Array.from({ length: FRAMES }, (_, n) => {
  const t = (n % (RATE / 3)) / RATE;
  return 0.6 * Math.sin(2 * Math.PI * 60 * t) * Math.exp(-t / 0.04);
});

async function lasting(sound: Sound): Promise<readonly Float32Array[]> {
  return (await harmonicReader(soundReader(sound)).read(0, frameCount(sound))).channels;
}

/** The treble above 4 kHz, roughly: differences of second order, which take the chord away. */
function treble(samples: Float32Array): Float32Array {
  return samples.map((x, n) => x - 2 * (samples[n - 1] ?? 0) + (samples[n - 2] ?? 0));
}

const airLevel = (samples: Float32Array) => rms(treble(samples), 2);

/** Standard deviation of the level of its treble in steps of 10 ms, dB. */
function spreadDb(samples: Float32Array): number {
  const step = RATE / 100;
  const high = treble(body(samples));
  const levels = Array.from({ length: Math.floor(high.length / step) }, (_, i) =>
    db(rms(high, i * step + 2, (i + 1) * step)),
  );
  const mean = levels.reduce((sum, level) => sum + level, 0) / levels.length;
  return Math.sqrt(levels.reduce((sum, level) => sum + (level - mean) ** 2, 0) / levels.length);
}

function stereo(left: Float32Array, right: Float32Array): Sound {
  return { sampleRate: RATE, channels: [left, right] };
}

describe('separated', () => {
  it.each([
    ['hits', hits, 18],
    ['kicks', kicks, 18],
  ])('lets tones through and leaves %s out', async (_, drums, wantedDb) => {
    const [left] = await lasting(stereo(mixed(tones, drums), tones));
    const before = errorDb(body(mixed(tones, drums)), body(tones));
    expect(before - errorDb(body(left), body(tones))).toBeGreaterThan(wantedDb);
  });

  it('takes most of a kick out of a held bass in the same bins: it stands out for a moment', async () => {
    const bass = sines([60], FRAMES, 0.1);
    const [left] = await lasting({ sampleRate: RATE, channels: [mixed(bass, kicks)] });
    const before = errorDb(body(mixed(bass, kicks)), body(bass));
    expect(before - errorDb(body(left), body(bass))).toBeGreaterThan(4);
  });

  it('gives a tone back whole', async () => {
    const [tone] = await lasting({ sampleRate: RATE, channels: [tones] });
    expect(errorDb(body(tone), body(tones))).toBeLessThan(-30);
  });

  it.each([
    ['one channel', 1],
    ['two', 2],
  ])('keeps the level of the noise behind a chord and hits, within 6 dB, in %s', async (_, channelCount) => {
    const airs = Array.from({ length: channelCount }, (_, c) => noise(FRAMES, 0.02, `air ${c}`));
    for (const [drums, most] of [
      [new Float32Array(FRAMES), 5],
      [hits, 6],
    ] as const) {
      const channels = airs.map((air) => mixed(tones, air, drums));
      const [kept] = await lasting({ sampleRate: RATE, channels });
      const levelDb = db(airLevel(body(kept)) / airLevel(body(airs[0])));
      expect(Math.abs(levelDb)).toBeLessThan(most);
    }
  });

  it('lets nothing rise where a hit was: its noise is no click, and no gap either', async () => {
    const air = noise(FRAMES, 0.02, 'air');
    const mix = mixed(tones, air, hits);
    const [kept] = await lasting({ sampleRate: RATE, channels: [mix] });
    // The level of the treble in steps of 10 ms; that of the noise alone swings by 0.35 dB.
    expect(spreadDb(mix)).toBeGreaterThan(6);
    expect(spreadDb(kept)).toBeLessThan(1.2);
  });

  it('keeps the image: one mask serves both channels', async () => {
    const left = mixed(tones, hits);
    const right = mixed(
      tones.map((x) => 0.5 * x),
      noise(FRAMES, 0.01, 'right'),
    );
    const [a, b] = await lasting(stereo(left, right));
    expect(db(rms(body(a)) / rms(body(b)))).toBeCloseTo(db(2), 0);
    expect(correlation(body(a), body(b))).toBeGreaterThan(0.98);
    const [same, twin] = await lasting(stereo(left, left));
    expect(errorDb(same, twin)).toBe(-Infinity);
  });

  it('reads the same to the bit whatever range is asked', async () => {
    const sound = stereo(mixed(tones, hits), mixed(tones, kicks));
    const reader = harmonicReader(soundReader(sound));
    const whole = await reader.read(0, FRAMES);
    for (const [start, count] of [
      [0, 1],
      [0, 700],
      [1, 5000],
      [1024, 1024],
      [99_999, 30_001],
      [FRAMES - 5000, 5000],
      [FRAMES - 1, 1],
      [77, 0],
    ]) {
      const { channels } = await reader.read(start, count);
      for (const c of [0, 1]) {
        expect(channels[c].length).toBe(count);
        const differs = channels[c].findIndex((x, n) => x !== whole.channels[c][start + n]);
        expect(differs, `${start} + ${count}`).toBe(-1);
      }
    }
  });

  it('asks its source only for what lies around the range', async () => {
    const inner = soundReader({ sampleRate: RATE, channels: [tones] });
    const asked: number[][] = [];
    const spy = {
      ...inner,
      read: (start: number, count: number) => {
        asked.push([start, start + count]);
        return inner.read(start, count);
      },
    };
    await harmonicReader(spy).read(2 * RATE, RATE);
    for (const [from, to] of asked) {
      expect(from).toBeGreaterThan(0.8 * RATE);
      expect(to).toBeLessThan(4.2 * RATE);
    }
  });

  it.each([8000, 22_050, 96_000])('works alike at %i Hz', async (sampleRate) => {
    const frames = 4 * sampleRate;
    const held = Float32Array.from({ length: frames }, (_, n) =>
      Math.sin((2 * Math.PI * 440 * n) / sampleRate),
    ).map((x) => 0.1 * x);
    const burst = noise(frames, 0.4).map(
      (x, n) => x * Math.exp(-(n % (sampleRate / 5)) / (0.02 * sampleRate)),
    );
    const [left] = await lasting({ sampleRate, channels: [mixed(held, burst)] });
    const middle = (x: Float32Array) => x.subarray(1.2 * sampleRate, 2.8 * sampleRate);
    expect(errorDb(middle(left), middle(held))).toBeLessThan(-10);
  });

  it('takes sounds shorter than a frame, and silence', async () => {
    const [short] = await lasting({ sampleRate: RATE, channels: [noise(7)] });
    expect(short.length).toBe(7);
    const silent = await lasting({ sampleRate: RATE, channels: [new Float32Array(5000)] });
    expect(rms(silent[0])).toBe(0);
  });
});
