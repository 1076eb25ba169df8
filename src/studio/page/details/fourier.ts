/** The discrete Fourier transform of a length that is a power of two, in place (Cooley and Tukey, 1965). */
export interface Fourier {
  /** @param real, imaginary of the transform's length; the result stands there after. */
  transform(real: Float32Array, imaginary: Float32Array): void;
}

export function createFourier(length: number): Fourier {
  const cosines = Float32Array.from({ length: length / 2 }, (_, i) => Math.cos((2 * Math.PI * i) / length));
  const sines = Float32Array.from({ length: length / 2 }, (_, i) => Math.sin((2 * Math.PI * i) / length));
  const bits = Math.log2(length);
  const reversed = Uint32Array.from({ length }, (_, i) => {
    let turned = 0;
    for (let bit = 0; bit < bits; bit++) turned |= ((i >> bit) & 1) << (bits - 1 - bit);
    return turned;
  });

  return {
    transform(real, imaginary) {
      for (let i = 0; i < length; i++) {
        const j = reversed[i];
        if (j <= i) continue;
        const re = real[i];
        const im = imaginary[i];
        real[i] = real[j];
        imaginary[i] = imaginary[j];
        real[j] = re;
        imaginary[j] = im;
      }
      for (let size = 2; size <= length; size *= 2) {
        const half = size / 2;
        const step = length / size;
        for (let start = 0; start < length; start += size) {
          for (let k = 0; k < half; k++) {
            const c = cosines[k * step];
            const s = -sines[k * step];
            const a = start + k;
            const b = a + half;
            const re = real[b] * c - imaginary[b] * s;
            const im = real[b] * s + imaginary[b] * c;
            real[b] = real[a] - re;
            imaginary[b] = imaginary[a] - im;
            real[a] += re;
            imaginary[a] += im;
          }
        }
      }
    },
  };
}
