import { type BandBank, triangularBands } from './bands.ts';
import { log10, pow } from './maths.ts';

export type MelBank = BandBank;

/**
 * Triangles on the mel scale (O'Shaughnessy's formula, m = 2595·log10(1 + f/700), as in HTK).
 * @param bandCount triangles, evenly spaced in mel from lowHz to highHz
 */
export function melBank(
  sampleRate: number,
  fftSize: number,
  bandCount: number,
  lowHz: number,
  highHz: number,
): MelBank {
  const low = melOf(lowHz);
  const spacing = (melOf(highHz) - low) / (bandCount + 1);
  const edges = Array.from(
    { length: bandCount + 2 },
    (_, edge) => (hertzOf(low + edge * spacing) * fftSize) / sampleRate,
  );
  return triangularBands(edges, fftSize / 2);
}

/** Mel of a frequency. */
export function melOf(hertz: number): number {
  return 2595 * log10(1 + hertz / 700);
}

function hertzOf(mel: number): number {
  return 700 * (pow(10, mel / 2595) - 1);
}
