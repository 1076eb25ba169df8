import { describe, expect, it } from 'vitest';
import { partReader, type SoundPart } from '../../src/analysis/harmonic-reader.ts';
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

async function part(sound: Sound, which: SoundPart): Promise<readonly Float32Array[]> {
  return (await partReader(soundReader(sound), which).read(0, frameCount(sound))).channels;
}

function stereo(left: Float32Array, right: Float32Array): Sound {
  return { sampleRate: RATE, channels: [left, right] };
}

describe('separated', () => {
  it.each([
    ['hits', hits, 18],
    ['kicks', kicks, 18],
  ])('lets tones through and leaves %s out', async (_, drums, wantedDb) => {
    const [left] = await part(stereo(mixed(tones, drums), tones), 'harmonic');
    const before = errorDb(body(mixed(tones, drums)), body(tones));
    expect(before - errorDb(body(left), body(tones))).toBeGreaterThan(wantedDb);
  });

  it('takes most of a kick out of a held bass in the same bins: it stands out for a moment', async () => {
    const bass = sines([60], FRAMES, 0.1);
    const [left] = await part({ sampleRate: RATE, channels: [mixed(bass, kicks)] }, 'harmonic');
    const before = errorDb(body(mixed(bass, kicks)), body(bass));
    expect(before - errorDb(body(left), body(bass))).toBeGreaterThan(4);
  });

  it('gives a tone back whole, and counts held noise as no tone', async () => {
    const [tone] = await part({ sampleRate: RATE, channels: [tones] }, 'harmonic');
    expect(errorDb(body(tone), body(tones))).toBeLessThan(-40);
    const breath = noise(FRAMES, 0.1, 'breath');
    const [kept] = await part({ sampleRate: RATE, channels: [breath] }, 'harmonic');
    expect(db(rms(body(kept)) / rms(body(breath)))).toBeLessThan(-15);
  });

  it('keeps the image: one mask serves both channels', async () => {
    const left = mixed(tones, hits);
    const right = mixed(
      tones.map((x) => 0.5 * x),
      noise(FRAMES, 0.01, 'right'),
    );
    const [a, b] = await part(stereo(left, right), 'harmonic');
    expect(db(rms(body(a)) / rms(body(b)))).toBeCloseTo(db(2), 0);
    expect(correlation(body(a), body(b))).toBeGreaterThan(0.98);
    const [same, twin] = await part(stereo(left, left), 'harmonic');
    expect(errorDb(same, twin)).toBe(-Infinity);
  });

  it('splits into parts that sum to the sound, to its first and last sample', async () => {
    const sound = stereo(mixed(tones, hits), mixed(tones, noise(FRAMES, 0.1, 'r')));
    const parts = await Promise.all(
      (['harmonic', 'percussive', 'residual'] as const).map((which) => part(sound, which)),
    );
    for (const channel of [0, 1]) {
      const sum = mixed(...parts.map((channels) => channels[channel]));
      expect(errorDb(sum, sound.channels[channel])).toBeLessThan(-110);
      for (const n of [0, 1, FRAMES - 1]) expect(sum[n]).toBeCloseTo(sound.channels[channel][n], 5);
    }
  });

  it('reads the same to the bit whatever range is asked', async () => {
    const sound = stereo(mixed(tones, hits), mixed(tones, kicks));
    const reader = partReader(soundReader(sound), 'harmonic');
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
    await partReader(spy, 'harmonic').read(2 * RATE, RATE);
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
    const [left] = await part({ sampleRate, channels: [mixed(held, burst)] }, 'harmonic');
    const middle = (x: Float32Array) => x.subarray(1.2 * sampleRate, 2.8 * sampleRate);
    expect(errorDb(middle(left), middle(held))).toBeLessThan(-10);
  });

  it('takes sounds shorter than a frame, and silence', async () => {
    const [short] = await part({ sampleRate: RATE, channels: [noise(7)] }, 'harmonic');
    expect(short.length).toBe(7);
    const silent = await part({ sampleRate: RATE, channels: [new Float32Array(5000)] }, 'percussive');
    expect(rms(silent[0])).toBe(0);
  });
});
