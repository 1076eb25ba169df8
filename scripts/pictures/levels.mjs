/** RMS in windows of so many seconds, four to a window, against the RMS of all, as [second, dB]. */
export function levels(samples, windowSec, sampleRate = 44_100) {
  const window = Math.round(windowSec * sampleRate);
  const hop = Math.round(window / 4);
  const whole = meanSquare(samples, 0, samples.length);
  const points = [];
  for (let at = 0; at + window <= samples.length; at += hop) {
    const decibels = 10 * Math.log10(meanSquare(samples, at, at + window) / whole + 1e-9);
    points.push([(at + window / 2) / sampleRate, decibels]);
  }
  return points;
}

function meanSquare(samples, from, to) {
  let sum = 0;
  for (let n = from; n < to; n++) sum += samples[n] * samples[n];
  return sum / (to - from);
}
