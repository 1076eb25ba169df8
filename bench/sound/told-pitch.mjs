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
  const at = (cents) => {
    let sum = 0;
    for (let octave = 0; octave < OCTAVES; octave++) {
      const hz = 440 * 2 ** ((midi - 69 + cents / 100) / 12 + octave);
      if (hz < sampleRate / 2) sum += powerAt(channels, sampleRate, hz);
    }
    return sum;
  };
  const around = (centre) => Math.max(...[-REACH_CENTS, 0, REACH_CENTS].map((cents) => at(centre + cents)));
  const beside = Math.max(around(-QUARTER_TONE_CENTS), around(QUARTER_TONE_CENTS));
  return 10 * Math.log10(around(0) / (beside + 1e-20)) >= LEAST_LEAD_DB;
}

/** Power of one frequency under a Hann window, summed over channels. */
function powerAt(channels, sampleRate, hz) {
  const frames = Math.min(channels[0].length, Math.round(LONGEST_SEC * sampleRate));
  const start = (channels[0].length - frames) >> 1;
  const turn = (2 * Math.PI * hz) / sampleRate;
  let power = 0;
  for (const channel of channels) {
    let [re, im] = [0, 0];
    for (let n = 0; n < frames; n++) {
      const weighted = channel[start + n] * (1 - Math.cos((2 * Math.PI * n) / frames));
      re += weighted * Math.cos(turn * n);
      im += weighted * Math.sin(turn * n);
    }
    power += (re ** 2 + im ** 2) / frames ** 2;
  }
  return power;
}
