/**
 * Adds the power of each bin: re² + im².
 * @param spectrum re and im of each bin in turn, as `RealFft.forward` gives them
 */
export function addPowers(spectrum: Float32Array, powers: Float32Array): void {
  for (let bin = 0; bin < powers.length; bin++) {
    const re = spectrum[2 * bin];
    const im = spectrum[2 * bin + 1];
    powers[bin] += re * re + im * im;
  }
}
