import { dataView } from './bytes.ts';
import { type ChannelOrder, MASK_SPEAKERS, type Speaker, speakersOfMask } from './downmix.ts';

/** Bytes in front of the descriptions: a tag, a bitmap, and how many descriptions there are, 32 bits each. */
const HEAD_BYTES = 12;

/** A description: a label, flags and three coordinates. */
const DESCRIPTION_BYTES = 20;

/** More than any that is written: descriptions of 64 channels. */
export const LONGEST_LAYOUT = HEAD_BYTES + 64 * DESCRIPTION_BYTES;

/** Tags without a layout of their own: descriptions follow; the bitmap says it; channels are no more than numbered. */
const USE_DESCRIPTIONS = 0;
const USE_BITMAP = 1;
const DISCRETE_IN_ORDER = 147;
const AMBISONIC_B_FORMAT = 107;

/** What a channel is by the letters of the tables below; front ones beside the centre count as left and right. */
const SPEAKERS: Record<string, Speaker> = {
  L: 'left',
  R: 'right',
  C: 'centre',
  Ls: 'surroundLeft',
  Rs: 'surroundRight',
  Cs: 'surroundCentre',
  LFE: 'lfe',
};

/** The layouts of three to eight channels by the number of their tag (kAudioChannelLayoutTag_…, CoreAudioBaseTypes.h). */
const TAG_LAYOUTS: Record<number, string> = {
  108: 'L R Ls Rs',
  109: 'L R Ls Rs C',
  110: 'L R Ls Rs C Cs',
  111: 'L R Ls Rs C Cs Ls Rs',
  112: 'L R Ls Rs L R Ls Rs',
  113: 'L R C',
  114: 'C L R',
  115: 'L R C Cs',
  116: 'C L R Cs',
  117: 'L R C Ls Rs',
  118: 'L R Ls Rs C',
  119: 'L C R Ls Rs',
  120: 'C L R Ls Rs',
  121: 'L R C LFE Ls Rs',
  122: 'L R Ls Rs C LFE',
  123: 'L C R Ls Rs LFE',
  124: 'C L R Ls Rs LFE',
  125: 'L R C LFE Ls Rs Cs',
  126: 'L R C LFE Ls Rs L R',
  127: 'C L R L R Ls Rs LFE',
  128: 'L R C LFE Ls Rs Ls Rs',
  129: 'L R Ls Rs C LFE L R',
  131: 'L R Cs',
  132: 'L R Ls Rs',
  133: 'L R LFE',
  134: 'L R LFE Cs',
  135: 'L R LFE Ls Rs',
  136: 'L R C LFE',
  137: 'L R C LFE Cs',
  138: 'L R Ls Rs LFE',
  139: 'L R Ls Rs C Cs',
  140: 'L R Ls Rs C Ls Rs',
  141: 'C L R Ls Rs Cs',
  142: 'C L R Ls Rs Cs LFE',
  143: 'C L R Ls Rs Ls Rs',
  144: 'C L R Ls Rs Ls Rs Cs',
  148: 'L R Ls Rs C L R',
  150: 'L C R',
  151: 'L C R Cs',
  152: 'L C R LFE',
  153: 'L R Cs LFE',
  154: 'L C R Cs LFE',
};

/** Labels of descriptions that have no bit in a mask: both surrounds behind, both wide ones, a second LFE. */
const MORE_LABELS: Record<number, Speaker> = {
  33: 'surroundLeft',
  34: 'surroundRight',
  35: 'left',
  36: 'right',
  37: 'lfe',
};

/**
 * What the channels of an AIFF or CAF file are by its layout: an AudioChannelLayout of Core Audio, which stands in the chunk `CHAN`
 * or `chan`. Its labels of speakers are the bits of a WAV's mask, counted from 1.
 *
 * @returns null where it says nothing that is known of as many channels
 */
export function appleOrder(bytes: Uint8Array, channelCount: number): ChannelOrder | null {
  if (bytes.length < HEAD_BYTES) return null;
  const view = dataView(bytes);
  const tag = view.getUint32(0);
  const number = tag >>> 16;
  if (number === DISCRETE_IN_ORDER) return 'tracks';
  if (number === USE_BITMAP) return speakersOfMask(view.getUint32(4), channelCount);
  if (number === USE_DESCRIPTIONS) return describedSpeakers(view, channelCount);
  if ((tag & 0xffff) !== channelCount) return null;
  if (number === AMBISONIC_B_FORMAT) return 'fuma';
  return TAG_LAYOUTS[number]?.split(' ').map((letters) => SPEAKERS[letters]) ?? null;
}

function describedSpeakers(view: DataView, channelCount: number): Speaker[] | null {
  if (view.getUint32(8) !== channelCount) return null;
  if (view.byteLength < HEAD_BYTES + channelCount * DESCRIPTION_BYTES) return null;
  const speakers = Array.from({ length: channelCount }, (_, channel) => {
    const label = view.getUint32(HEAD_BYTES + channel * DESCRIPTION_BYTES);
    return MORE_LABELS[label] ?? MASK_SPEAKERS[label - 1] ?? null;
  });
  return speakers.every((speaker) => speaker !== null) ? speakers : null;
}
