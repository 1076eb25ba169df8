/** A song as it would be had it been recorded softer, or mastered for loudness. */

/** Level that a loud master is brought to before it is held down, dBFS RMS. */
const LOUD_DB = -9;
/** No sample of it goes above this: -0.1 dBFS, as masters leave it. */
const CEILING = 0.9886;
/** A limiter sees so far ahead, and lets go over so long, s. */
const LOOK_AHEAD_SEC = 0.003;
const RELEASE_SEC = 0.06;
/** A clipped master has its peak so far over full scale before it is cut off, dB. */
const CLIPPED_DB = 6;

/** By name: from channels and their rate to channels. */
export const VERSIONS = {
  '12 dB softer': (channels) => times(channels, -12),
  '24 dB softer': (channels) => times(channels, -24),
  limited: (channels, sampleRate) => limited(times(channels, LOUD_DB - levelDb(channels)), sampleRate),
  clipped: (channels) =>
    times(channels, CLIPPED_DB - 20 * Math.log10(peakOf(channels))).map((channel) =>
      channel.map((x) => Math.max(-1, Math.min(1, x))),
    ),
};

function times(channels, db) {
  const gain = 10 ** (db / 20);
  return channels.map((channel) => channel.map((x) => x * gain));
}

function peakOf(channels) {
  let peak = 1e-9;
  for (const channel of channels) for (const x of channel) peak = Math.max(peak, Math.abs(x));
  return peak;
}

function levelDb(channels) {
  let sum = 1e-20;
  for (const channel of channels) for (const x of channel) sum += x * x;
  return 10 * Math.log10(sum / (channels.length * channels[0].length));
}

/** A look-ahead limiter: one gain for all channels, down before a peak comes, up again slowly. */
function limited(channels, sampleRate) {
  const ahead = Math.round(LOOK_AHEAD_SEC * sampleRate);
  const release = Math.exp(-1 / (RELEASE_SEC * sampleRate));
  const frames = channels[0].length;
  const needed = new Float32Array(frames);
  for (let n = 0; n < frames; n++) {
    const peak = channels.reduce((most, channel) => Math.max(most, Math.abs(channel[n])), 0);
    needed[n] = Math.min(1, CEILING / Math.max(peak, 1e-9));
  }
  const gain = new Float32Array(frames);
  let held = 1;
  for (let n = 0; n < frames; n++) {
    let least = 1;
    for (let i = n; i < Math.min(frames, n + ahead); i++) least = Math.min(least, needed[i]);
    held = Math.min(least, 1 - (1 - held) * release);
    gain[n] = held;
  }
  return channels.map((channel) => channel.map((x, n) => x * gain[n]));
}

/** A WAV of 24-bit samples. */
export function wav24(channels, sampleRate) {
  const frameBytes = 3 * channels.length;
  const data = frameBytes * channels[0].length;
  const bytes = Buffer.alloc(44 + data);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(36 + data, 4);
  bytes.write('WAVEfmt ', 8, 'latin1');
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(channels.length, 22);
  bytes.writeUInt32LE(sampleRate, 24);
  bytes.writeUInt32LE(frameBytes * sampleRate, 28);
  bytes.writeUInt16LE(frameBytes, 32);
  bytes.writeUInt16LE(24, 34);
  bytes.write('data', 36, 'latin1');
  bytes.writeUInt32LE(data, 40);
  channels.forEach((channel, c) => {
    for (let n = 0, at = 44 + 3 * c; n < channel.length; n++, at += frameBytes) {
      const sample = Math.max(-8388608, Math.min(8388607, Math.round(channel[n] * 8388608)));
      bytes.writeIntLE(sample, at, 3);
    }
  });
  return bytes;
}
