/** Drums made in code, whose attacks are known to the sample. */
import { filled, noise, RATE } from '../signals.ts';

/** A skin that falls from 120 to 50 Hz and dies in a fifth of a second. */
export function kick(frames = Math.round(0.4 * RATE)): Float32Array {
  let phase = 0;
  return filled(frames, (n) => {
    const time = n / RATE;
    phase += (2 * Math.PI * (50 + 70 * Math.exp(-time * 40))) / RATE;
    return 0.8 * Math.cos(phase) * Math.exp(-time * 12) * (1 - n / frames);
  });
}

/** Wires over a shell of 190 Hz. @param seed another, and another hit of the same drum */
export function snare(seed: string | number = 'snare', frames = Math.round(0.3 * RATE)): Float32Array {
  const wires = noise(frames, 1, seed);
  let soft = 0;
  return wires.map((value, n) => {
    const time = n / RATE;
    soft += 0.35 * (value - soft);
    const shell = 0.4 * Math.cos(2 * Math.PI * 190 * time) * Math.exp(-time * 20);
    return (0.5 * soft * Math.exp(-time * 18) + shell) * (1 - n / frames);
  });
}

/** Noise with its lows taken away, gone in 50 ms. */
export function hat(seed: string | number = 'hat', frames = Math.round(0.15 * RATE)): Float32Array {
  const hiss = noise(frames + 2, 0.3, seed);
  return filled(frames, (n) => {
    const bright = (hiss[n] - 2 * hiss[n + 1] + hiss[n + 2]) / 4;
    return 2 * bright * Math.exp((-n / RATE) * 60);
  });
}

/** Hits at times, added up, each with its gain. */
export function played(
  hits: readonly (readonly [timeSec: number, hit: Float32Array, gain?: number])[],
  seconds: number,
): Float32Array {
  const samples = new Float32Array(Math.round(seconds * RATE));
  for (const [time, hit, gain = 1] of hits) {
    const start = Math.round(time * RATE);
    for (let n = 0; n < hit.length && start + n < samples.length; n++) samples[start + n] += gain * hit[n];
  }
  return samples;
}
