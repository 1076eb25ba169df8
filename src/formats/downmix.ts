/** Where a channel is heard: front, surround (back and side alike), low-frequency effects. */
export type Speaker =
  | 'left'
  | 'right'
  | 'centre'
  | 'surroundLeft'
  | 'surroundRight'
  | 'surroundCentre'
  | 'lfe';

/**
 * What the channels of a file are: in the order of a format that defines one for each count (`wav` as FLAC and MP3 have it,
 * `vorbis`, `aiff`), `tracks` that nothing is known of, or B-format: `fuma` (W, X, Y, Z), `ambix` (W, Y, Z, X), and
 * `w-first`, whose order behind W is not known. Where a file says of each channel what it is, that list.
 */
export type ChannelOrder =
  | 'wav'
  | 'vorbis'
  | 'aiff'
  | 'tracks'
  | 'fuma'
  | 'ambix'
  | 'w-first'
  | readonly Speaker[];

const [L, R, C, SL, SR, SC, LFE]: Speaker[] = [
  'left',
  'right',
  'centre',
  'surroundLeft',
  'surroundRight',
  'surroundCentre',
  'lfe',
];

/** Layouts by channel count of FLAC (RFC 9639 §9.1.3), in the order of WAVEFORMATEXTENSIBLE. */
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

/**
 * AIFF 1.3, “Common Chunk”. Its six channels (L, Lc, C, R, Rc, S) nobody writes: six are 5.1 in one order or another, or
 * tracks, and so count as tracks.
 */
const AIFF_LAYOUTS: Record<number, Speaker[]> = {
  3: [L, R, C],
  4: [L, R, SL, SR],
};

const LAYOUTS: Record<string, Record<number, Speaker[]>> = {
  wav: WAV_LAYOUTS,
  vorbis: VORBIS_LAYOUTS,
  aiff: AIFF_LAYOUTS,
};

/** Speakers by bit of dwChannelMask (mmreg.h); the top and high ones, from bit 11 on, count as their floor ones. */
export const MASK_SPEAKERS: Speaker[] = [L, R, C, LFE, SL, SR, L, R, SC, SL, SR, C, L, C, R, SL, SC, SR];

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
 * stays within full scale. Tracks, and counts without a usual layout, are taken for pairs: the first, third, fifth… go to
 * the left, the others to the right, and a last one without a partner to both.
 *
 * @param channelMask WAVEFORMATEXTENSIBLE's, used where it names exactly the channels there are; else 0
 */
export function downmixMatrix(channelCount: number, order: ChannelOrder, channelMask: number): DownmixMatrix {
  const bFormat = bFormatGains(channelCount, order);
  const speakers = speakersOfMask(channelMask, channelCount) ?? speakersOfOrder(order, channelCount);
  const gains = bFormat ?? speakers?.map((speaker) => GAINS[speaker]) ?? pairGains(channelCount);
  const left = gains.map(([gain]) => gain);
  const right = gains.map(([, gain]) => gain);
  // One scale for both sides, so that the image keeps its balance.
  const scale = 1 / Math.max(sumOfSizes(left), sumOfSizes(right));
  return [left.map((gain) => gain * scale), right.map((gain) => gain * scale)];
}

type Gains = (readonly [number, number])[];

function pairGains(channelCount: number): Gains {
  return Array.from({ length: channelCount }, (_, index) => {
    if (index === channelCount - 1 && index % 2 === 0) return GAINS.centre;
    return index % 2 === 0 ? GAINS.left : GAINS.right;
  });
}

/**
 * Two cardioids, to the left and to the right: half of what comes from all around (W) and half of the figure of eight between
 * left and right (Y). FuMa's W is 3 dB softer than that (D. Malham), AmbiX's (SN3D) is not. Null where it is no B-format.
 */
function bFormatGains(channelCount: number, order: ChannelOrder): Gains | null {
  const gains = Array.from({ length: channelCount }, (): [number, number] => [0, 0]);
  if (order === 'fuma') {
    gains[0] = [HALF_POWER, HALF_POWER];
    gains[2] = [0.5, -0.5];
  } else if (order === 'ambix') {
    gains[0] = [0.5, 0.5];
    gains[1] = [0.5, -0.5];
  } else if (order === 'w-first') gains[0] = [1, 1];
  else return null;
  return gains;
}

function speakersOfOrder(order: ChannelOrder, channelCount: number): readonly Speaker[] | undefined {
  return typeof order === 'string' ? LAYOUTS[order]?.[channelCount] : order;
}

/** The speakers that the bits of a mask name, in their order; null where they are not as many as the channels, or all LFE. */
export function speakersOfMask(mask: number, channelCount: number): Speaker[] | null {
  const speakers = MASK_SPEAKERS.filter((_, bit) => mask & (1 << bit));
  const hasFullRange = speakers.some((speaker) => speaker !== LFE);
  return speakers.length === channelCount && hasFullRange ? speakers : null;
}

function sumOfSizes(values: readonly number[]): number {
  return values.reduce((total, value) => total + Math.abs(value), 0);
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
