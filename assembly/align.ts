/** How much alike two stretches are at each lag; see src/loops/align.ts. Summed in doubles. */
import { Doubles, Floats } from './types';

/** energies[lag] += Σ field[lag … lag + width)². @param energy the first of these sums */
export function addSlidingEnergies(
  field: Floats,
  width: i32,
  lags: i32,
  energy: f64,
  energies: Doubles,
): void {
  let coming = field + ((<usize>width) << 2);
  for (let lag = 0; lag < lags; lag++, field += 4, coming += 4, energies += 8) {
    store<f64>(energies, load<f64>(energies) + max(energy, 0));
    const before = <f64>load<f32>(field);
    const next = <f64>load<f32>(coming);
    energy += next * next - before * before;
  }
}

/** sum += one · conj(other), pairs of real and imaginary parts. */
export function addCrossSpectrum(one: Floats, other: Floats, sum: Floats, bins: i32): void {
  for (let k = 0; k < bins; k++, one += 8, other += 8, sum += 8) {
    const a = <f64>load<f32>(one);
    const b = <f64>load<f32>(one, 4);
    const c = <f64>load<f32>(other);
    const d = <f64>load<f32>(other, 4);
    store<f32>(sum, <f32>(<f64>load<f32>(sum) + (a * c + b * d)));
    store<f32>(sum, <f32>(<f64>load<f32>(sum, 4) + (b * c - a * d)), 4);
  }
}

/** products[lag] becomes a correlation: times `scale`, over √(energy · energies[lag]); 0 where that is 0. */
export function normaliseProducts(
  products: Floats,
  lags: i32,
  scale: f64,
  energy: f64,
  energies: Doubles,
): void {
  for (let lag = 0; lag < lags; lag++, products += 4, energies += 8) {
    const both = sqrt(energy * load<f64>(energies));
    const product = <f32>(<f64>load<f32>(products) * scale);
    store<f32>(products, both === 0 ? 0 : <f32>(<f64>product / both));
  }
}

/** sums[n] += samples[n · step]. */
export function addEvery(samples: Floats, step: i32, count: i32, sums: Floats): void {
  const apart = (<usize>step) << 2;
  for (let n = 0; n < count; n++, samples += apart, sums += 4) {
    store<f32>(sums, load<f32>(sums) + load<f32>(samples));
  }
}
