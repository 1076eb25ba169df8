/**
 * Integrated loudness after ITU-R BS.1770-4, written apart from the engine's. The K filter is its two biquads,
 * given for any rate by the analog prototypes behind the standard's 48 kHz tables (a shelf of +4 dB from 1682 Hz,
 * Q 0.7072; a high-pass at 38.1 Hz, Q 0.5003). Blocks of 400 ms, every 100 ms, gated at -70 LUFS and at 10 LU
 * under the mean of what is left. A loop is measured in its third round, so that filters and blocks go round.
 */
const BLOCK_SEC = 0.4;
const HOP_SEC = 0.1;
const SILENCE_LUFS = -70;
const RELATIVE_GATE_LU = 10;

/** @param channels one or two. @returns LUFS; -Infinity of silence */
export function loudnessOf(channels, sampleRate, loops) {
  const { length } = channels[0];
  const whole = Math.round(BLOCK_SEC * sampleRate);
  // The standard says nothing of less than a block: then the sound is the block.
  const block = loops ? whole : Math.min(whole, length);
  const hop = Math.round(HOP_SEC * sampleRate);
  const powers = new Float64Array(
    loops ? Math.max(1, Math.ceil(length / hop)) : Math.max(1, 1 + Math.floor((length - block) / hop)),
  );
  for (const channel of channels) {
    const weighted = kWeighted(channel, sampleRate, loops ? 1 + Math.ceil(block / length) : 0);
    const energyTo = new Float64Array(weighted.length + 1);
    for (let n = 0; n < weighted.length; n++) energyTo[n + 1] = energyTo[n] + weighted[n] ** 2;
    for (let i = 0; i < powers.length; i++) {
      const end = Math.min(weighted.length, i * hop + block);
      powers[i] += (energyTo[end] - energyTo[i * hop]) / block;
    }
  }
  return gated(powers);
}

const lufs = (power) => -0.691 + 10 * Math.log10(power);

function gated(powers) {
  const heard = powers.filter((power) => lufs(power) > SILENCE_LUFS);
  if (heard.length === 0) return -Infinity;
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const gate = lufs(mean(heard)) - RELATIVE_GATE_LU;
  return lufs(mean(heard.filter((power) => lufs(power) > gate)));
}

/** @param rounds more that a loop goes on for after its first, which only settles the filters; 0 of a one-shot */
function kWeighted(channel, sampleRate, rounds) {
  const { length } = channel;
  const input = new Float64Array(length * (1 + rounds));
  for (let start = 0; start < input.length; start += length) input.set(channel, start);
  const shelf = shelfOf(1681.974450955533, 3.999843853973347, 0.7071752369554196, sampleRate);
  const highPass = highPassOf(38.13547087602444, 0.5003270373238773, sampleRate);
  const output = biquad(biquad(input, shelf), highPass);
  // At least a second has run through the filters where the loop is that long; short ones have gone round more.
  return rounds > 0 ? output.subarray(length) : output;
}

function shelfOf(hz, gainDb, q, sampleRate) {
  const k = Math.tan((Math.PI * hz) / sampleRate);
  const high = 10 ** (gainDb / 20);
  const band = high ** 0.4996667741545416;
  const a0 = 1 + k / q + k * k;
  return {
    b: [
      (high + (band * k) / q + k * k) / a0,
      (2 * (k * k - high)) / a0,
      (high - (band * k) / q + k * k) / a0,
    ],
    a: [(2 * (k * k - 1)) / a0, (1 - k / q + k * k) / a0],
  };
}

function highPassOf(hz, q, sampleRate) {
  const k = Math.tan((Math.PI * hz) / sampleRate);
  const a0 = 1 + k / q + k * k;
  return { b: [1, -2, 1], a: [(2 * (k * k - 1)) / a0, (1 - k / q + k * k) / a0] };
}

function biquad(input, { b, a }) {
  const output = new Float64Array(input.length);
  let [x1, x2, y1, y2] = [0, 0, 0, 0];
  for (let n = 0; n < input.length; n++) {
    const x = input[n];
    const y = b[0] * x + b[1] * x1 + b[2] * x2 - a[0] * y1 - a[1] * y2;
    [x2, x1, y2, y1] = [x1, x, y1, y];
    output[n] = y;
  }
  return output;
}
