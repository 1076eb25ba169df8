/**
 * How far the correlation of left and right lies from that of the stretch of source a texture was made from.
 *
 * A filtered texture keeps only part of the source's spectrum, and the image of bass and treble differ; so
 * the source's cross-spectrum is first weighted, in bands of a semitone, to the texture's own spectrum (moved
 * by its transposition; of a cloud, whose grains are moved each by its own, all bands count as they are). r = Σ w·Re(L·R*) / √(Σ w·|L|² · Σ w·|R|²) over the bands, on both sides.
 */
import { realFft } from '../../dist/dsp/fft.js';

const SIZE = 8192;
const LOWEST_HZ = 30;
/** Bands of the source further than this under its loudest hold noise, not image, dB. */
const RANGE_DB = 70;

/**
 * @param texture two channels
 * @param parts of the source that are heard in it, two channels each; their powers add up
 * @param semitones by which the texture was moved; null where its parts were moved apart
 * @returns difference of the two correlations, signed: positive is narrower than the source
 */
export function stereoError(texture, parts, sampleRate, semitones) {
  const here = crossSpectrum([texture], sampleRate);
  const there = crossSpectrum(parts, sampleRate);
  const floor =
    10 ** (-RANGE_DB / 10) * there.reduce((most, { left, right }) => Math.max(most, left + right), 0);
  const moved = Math.round(semitones ?? 0);
  const sums = { textureBoth: 0, textureLeft: 0, textureRight: 0, both: 0, left: 0, right: 0 };
  for (let band = 0; band < here.length; band++) {
    const from = there[band - moved];
    const power = from && from.left + from.right;
    if (!(power > floor)) continue;
    const weight = semitones === null ? 1 : (here[band].left + here[band].right) / power;
    sums.textureBoth += here[band].both;
    sums.textureLeft += here[band].left;
    sums.textureRight += here[band].right;
    sums.both += weight * from.both;
    sums.left += weight * from.left;
    sums.right += weight * from.right;
  }
  const textureCorrelation = sums.textureBoth / Math.sqrt(sums.textureLeft * sums.textureRight);
  return textureCorrelation - sums.both / Math.sqrt(sums.left * sums.right);
}

/** Powers and real cross-power of two channels in bands of a semitone from 30 Hz up, summed over some parts. */
function crossSpectrum(parts, sampleRate) {
  const fft = realFft(SIZE);
  const bandCount = Math.floor(12 * Math.log2(sampleRate / 2 / LOWEST_HZ));
  const bands = Array.from({ length: bandCount }, () => ({ left: 0, right: 0, both: 0 }));
  const bandOf = Int16Array.from({ length: fft.binCount }, (_, k) =>
    Math.floor(12 * Math.log2(Math.max(1e-9, (k * sampleRate) / SIZE / LOWEST_HZ))),
  );
  const frame = new Float32Array(SIZE);
  const window = frame.map((_, n) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (n + 0.5)) / SIZE));
  const [a, b] = [new Float32Array(SIZE + 2), new Float32Array(SIZE + 2)];
  const read = (channel, start, spectrum) => {
    // Beyond the end the sound goes on at its beginning, so that short ones fill a window too.
    for (let n = 0; n < SIZE; n++) frame[n] = window[n] * channel[(start + n) % channel.length];
    fft.forward(frame, spectrum);
  };
  for (const [left, right] of parts) {
    for (let start = 0; start === 0 || start + SIZE / 2 <= left.length; start += SIZE / 2) {
      read(left, start, a);
      read(right, start, b);
      for (let k = 1; k < fft.binCount; k++) {
        const band = bands[bandOf[k]];
        if (!band) continue;
        band.left += a[2 * k] ** 2 + a[2 * k + 1] ** 2;
        band.right += b[2 * k] ** 2 + b[2 * k + 1] ** 2;
        band.both += a[2 * k] * b[2 * k] + a[2 * k + 1] * b[2 * k + 1];
      }
    }
  }
  return bands;
}
