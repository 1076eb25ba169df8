/** Where a channel is heard: front, surround (back and side alike), low-frequency effects. */
type Speaker = 'left' | 'right' | 'centre' | 'surroundLeft' | 'surroundRight' | 'surroundCentre' | 'lfe';

/** How a format orders the channels of its usual layouts: as WAV and FLAC do, or as Vorbis and Opus. */
export type ChannelOrder = 'wav' | 'vorbis';

const [L, R, C, SL, SR, SC, LFE]: Speaker[] = [
  'left',
  'right',
  'centre',
  'surroundLeft',
  'surroundRight',
  'surroundCentre',
  'lfe',
];

/** Default layouts by channel count: WAVEFORMATEXTENSIBLE's, which FLAC (RFC 9639 §9.1.3) shares. */
const WAV_LAYOUTS: Record<number, Speaker[]> = {
  3: [L, R, C],
  4: [L, R, SL, SR],
  5: [L, R, C, SL, SR],
  6: [L, R, C, LFE, SL, SR],
  7: [L, R, C, LFE, SC, SL, SR],
  8: [L, R, C, LFE, SL, SR, SL, SR],
};

/** Vorbis I §4.3.9, and RFC 7845 §5.1.1.2 for Opus. */
const VORBIS_LAYOUTS: Record<number, Speaker[]> = {
  3: [L, C, R],
  4: [L, R, SL, SR],
  5: [L, C, R, SL, SR],
  6: [L, C, R, SL, SR, LFE],
  7: [L, C, R, SL, SR, SC, LFE],
  8: [L, C, R, SL, SR, SL, SR, LFE],
};

/** Speakers by bit of dwChannelMask (mmreg.h); the top and high ones, from bit 11 on, count as their floor ones. */
const MASK_SPEAKERS: Speaker[] = [L, R, C, LFE, SL, SR, L, R, SC, SL, SR, C, L, C, R, SL, SC, SR];

/** ITU-R BS.775-3 annex 4: centre and surrounds at -3 dB, the low-frequency effects left out. */
const HALF_POWER = Math.SQRT1_2;
const GAINS: Record<Speaker, readonly [number, number]> = {
  left: [1, 0],
  right: [0, 1],
  centre: [HALF_POWER, HALF_POWER],
  surroundLeft: [HALF_POWER, 0],
  surroundRight: [0, HALF_POWER],
  surroundCentre: [0.5, 0.5],
  lfe: [0, 0],
};

/** Gains by output (left, right) and input channel. */
export type DownmixMatrix = readonly [readonly number[], readonly number[]];

/**
 * The matrix that folds a layout of more than two channels to stereo, scaled so that full scale on every input
 * stays within full scale. Counts without a usual layout: the first, third, fifth… channels are averaged to the
 * left, the others to the right.
 *
 * @param channelMask WAVEFORMATEXTENSIBLE's, used where it names exactly the channels there are; else 0
 */
export function downmixMatrix(channelCount: number, order: ChannelOrder, channelMask: number): DownmixMatrix {
  const layouts = order === 'wav' ? WAV_LAYOUTS : VORBIS_LAYOUTS;
  const speakers = speakersOfMask(channelMask, channelCount) ?? layouts[channelCount];
  const gains = speakers
    ? speakers.map((speaker) => GAINS[speaker])
    : Array.from({ length: channelCount }, (_, index): readonly [number, number] =>
        index % 2 === 0 ? [1, 0] : [0, 1],
      );
  const left = gains.map(([gain]) => gain);
  const right = gains.map(([, gain]) => gain);
  // One scale for both sides, so that the image keeps its balance.
  const scale = 1 / Math.max(sum(left), sum(right));
  return [left.map((gain) => gain * scale), right.map((gain) => gain * scale)];
}

function speakersOfMask(mask: number, channelCount: number): Speaker[] | null {
  const speakers = MASK_SPEAKERS.filter((_, bit) => mask & (1 << bit));
  const heard = speakers.some((speaker) => speaker !== LFE);
  return speakers.length === channelCount && heard ? speakers : null;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Applies a matrix to planar samples; returns two new channels. */
export function downmix(channels: readonly Float32Array[], matrix: DownmixMatrix): Float32Array[] {
  return matrix.map((gains) => {
    const mixed = new Float32Array(channels[0].length);
    gains.forEach((gain, index) => {
      if (gain === 0) return;
      const channel = channels[index];
      for (let i = 0; i < mixed.length; i++) mixed[i] += gain * channel[i];
    });
    return mixed;
  });
}
