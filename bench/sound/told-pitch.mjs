/**
 * Whether a pitch that is told is there: by a Fourier transform at that very frequency and its octaves, of the middle of
 * the sound, against the same a quarter tone to either side, where no note of the same tuning lies.
 */
const LONGEST_SEC = 6;
const OCTAVES = 4;
/** What is told lies within so many cents of a partial. */
const REACH_CENTS = 12;
const QUARTER_TONE_CENTS = 50;
/** How much more there is at the pitch than beside it, dB. */
const LEAST_LEAD_DB = 3;

/** @param midi a note with its cents as a fraction */
export function standsOut(channels, sampleRate, midi) {
  const middles = channels.map((channel) => windowedMiddle(channel, sampleRate));
  const at = (cents) => {
    let sum = 0;
    for (let octave = 0; octave < OCTAVES; octave++) {
      const hz = 440 * 2 ** ((midi - 69 + cents / 100) / 12 + octave);
      if (hz < sampleRate / 2) sum += powerAt(middles, (2 * Math.PI * hz) / sampleRate);
    }
    return sum;
  };
  const around = (centre) => Math.max(...[-REACH_CENTS, 0, REACH_CENTS].map((cents) => at(centre + cents)));
  const beside = Math.max(around(-QUARTER_TONE_CENTS), around(QUARTER_TONE_CENTS));
  return 10 * Math.log10(around(0) / (beside + 1e-20)) >= LEAST_LEAD_DB;
}

/** Its middle under a Hann window. */
function windowedMiddle(channel, sampleRate) {
  const frames = Math.min(channel.length, Math.round(LONGEST_SEC * sampleRate));
  const start = (channel.length - frames) >> 1;
  const windowed = new Float64Array(frames);
  for (let n = 0; n < frames; n++)
    windowed[n] = channel[start + n] * (1 - Math.cos((2 * Math.PI * n) / frames));
  return windowed;
}

/** Power of one frequency, summed over channels. @param turn radians a sample */
function powerAt(channels, turn) {
  const [stepRe, stepIm] = [Math.cos(turn), Math.sin(turn)];
  let power = 0;
  for (const channel of channels) {
    let [re, im] = [0, 0];
    // A pointer that is turned from sample to sample: in doubles it is off by 1e-10 after 6 s.
    let [pointerRe, pointerIm] = [1, 0];
    for (let n = 0; n < channel.length; n++) {
      re += channel[n] * pointerRe;
      im += channel[n] * pointerIm;
      const turned = pointerRe * stepRe - pointerIm * stepIm;
      pointerIm = pointerRe * stepIm + pointerIm * stepRe;
      pointerRe = turned;
    }
    power += (re ** 2 + im ** 2) / channel.length ** 2;
  }
  return power;
}
