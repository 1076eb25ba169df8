import type { StereoFault } from '../analysis/sides.ts';

const NOTICES: Record<StereoFault, string> = {
  'left silent':
    'its left channel is silent, and so it will be in what is made of it; export it in mono to have it in the middle',
  'right silent':
    'its right channel is silent, and so it will be in what is made of it; export it in mono to have it in the middle',
  inverted:
    'one of its channels is the other inverted, so that it nearly vanishes in mono; invert one to mend that',
};

/** What to say of a stereo source as a whole; null where it is in order. */
export function stereoNotice(fault: StereoFault | null): string | null {
  return fault === null ? null : NOTICES[fault];
}
