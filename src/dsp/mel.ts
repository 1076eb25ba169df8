/**
 * Triangular filters on the mel scale (O'Shaughnessy's formula, m = 2595·log10(1 + f/700), as in HTK),
 * stored sparsely: a band touches only the bins under its triangle.
 */
export interface MelBank {
  readonly bandCount: number;
  /**
   * Power in each band, Σ weight·power: unit-peak triangles, so a band's power is what lies under it.
   * @param power power spectrum, fftSize / 2 + 1 bins
   * @param bands filled from `offset` with bandCount values
   */
  apply(power: Float32Array, bands: Float32Array, offset?: number): void;
}

/**
 * @param bandCount triangles, evenly spaced in mel from lowHz to highHz; bands narrower than a bin
 *   keep their nearest bin, so that no band is empty
 */
export function melBank(
  sampleRate: number,
  fftSize: number,
  bandCount: number,
  lowHz: number,
  highHz: number,
): MelBank {
  const first = new Int32Array(bandCount);
  const offsets = new Int32Array(bandCount + 1);
  const weights: number[] = [];
  const low = melOf(lowHz);
  const spacing = (melOf(highHz) - low) / (bandCount + 1);
  const binOf = (edge: number) => (hertzOf(low + edge * spacing) * fftSize) / sampleRate;
  for (let band = 0; band < bandCount; band++) {
    const [left, centre, right] = [binOf(band), binOf(band + 1), binOf(band + 2)];
    const inside: number[] = [];
    first[band] = Math.ceil(left);
    for (let bin = first[band]; bin <= Math.min(right, fftSize / 2); bin++) {
      inside.push(
        Math.max(0, bin <= centre ? (bin - left) / (centre - left) : (right - bin) / (right - centre)),
      );
    }
    if (!inside.some((weight) => weight > 0)) {
      first[band] = Math.min(Math.round(centre), fftSize / 2);
      inside.splice(0, inside.length, 1);
    }
    weights.push(...inside);
    offsets[band + 1] = weights.length;
  }
  const flat = Float32Array.from(weights);
  return {
    bandCount,
    apply(power, bands, offset = 0) {
      for (let band = 0; band < bandCount; band++) {
        let sum = 0;
        for (let i = offsets[band], bin = first[band]; i < offsets[band + 1]; i++, bin++) {
          sum += flat[i] * power[bin];
        }
        bands[offset + band] = sum;
      }
    },
  };
}

function melOf(hertz: number): number {
  return 2595 * Math.log10(1 + hertz / 700);
}

function hertzOf(mel: number): number {
  return 700 * (10 ** (mel / 2595) - 1);
}
