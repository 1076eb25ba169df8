/**
 * The JSON in the chunk `APPL` of an OP-1 file. Its maker publishes no text; keys and neutral values are those of patches that
 * devices wrote, as schollz/teoperator (src/op1) has them, and of DigiChain for what is stereo. Figures go to 32767.
 */
import { pow } from '../../dsp/maths.ts';
import type { Slice } from '../chained-sound.ts';
import type { PlayedAlone } from '../played-alone.ts';
import { KIT_KEYS, type Op1Format } from './format.ts';

/** The position of a kit's end. Positions of a kit that an OP-1 wrote are this share of it, rounded down, in all 17 that are told. */
const LAST_POSITION = 2_147_483_646;
/** The device's four ways to play lie 8192 apart; this is the middle of “once to the end”, whether the key is held or not. */
const PLAY_ONCE = 12_288;
const FORWARD = 8192;
const UNITY = 8192;
const MIDDLE_PAN = 16_384;

const NO_EFFECT = { fx_active: false, fx_params: eight(8000), fx_type: 'delay' };

/** A kit of hits, one a key from the lowest on; keys that are left play the last. @param slices 1 to 24 */
export function drumPatch(name: string, slices: readonly Slice[], format: Op1Format): object {
  const keys = Array.from({ length: KIT_KEYS }, (_, i) => slices[Math.min(i, slices.length - 1)]);
  const position = (frame: number) => Math.floor((frame * LAST_POSITION) / format.kitFrames);
  const each = <T>(value: T) => keys.map(() => value);
  return {
    drum_version: 2,
    dyna_env: [0, 8192, 0, 8192, 0, 0, 0, 0],
    // The last frame that is played, not the one behind it.
    end: keys.map(({ end }) => position(end - 1)),
    ...NO_EFFECT,
    lfo_active: false,
    lfo_params: [16000, 16000, 16000, 16000, 0, 0, 0, 0],
    lfo_type: 'tremolo',
    name,
    octave: 0,
    ...(format.channelCount === 2 ? { pan: each(MIDDLE_PAN), pan_ab: each(false) } : {}),
    pitch: each(0),
    playmode: each(PLAY_ONCE),
    reverse: each(FORWARD),
    start: keys.map(({ start }) => position(start)),
    ...(format.channelCount === 2 ? { stereo: true } : {}),
    type: 'drum',
    volume: each(UNITY),
  };
}

/**
 * A sample that all keys play at their pitch. The figures of loop and sound are those of a patch that an OP-1 wrote; nobody says
 * in which unit it keeps a loop's points, so none are written.
 */
export function samplerPatch(
  name: string,
  { rootKey, tuneCents }: Pick<PlayedAlone, 'rootKey' | 'tuneCents'>,
  format: Op1Format,
): object {
  const isStereo = format.channelCount === 2;
  return {
    adsr: [64, 10746, 32767, 10000, 4000, 64, 4000, 4000],
    base_freq: 440 * pow(2, (rootKey - tuneCents / 100 - 69) / 12),
    ...(isStereo ? { fade: 0 } : {}),
    ...NO_EFFECT,
    knobs: [0, 0, 32767, 32767, 12000, 0, 0, 8192],
    lfo_active: false,
    lfo_params: [16000, 0, 0, 16000, 0, 0, 0, 0],
    lfo_type: 'tremolo',
    name,
    octave: 0,
    ...(isStereo ? { stereo: true } : {}),
    synth_version: isStereo ? 3 : 1,
    type: 'sampler',
  };
}

function eight(value: number): number[] {
  return Array.from({ length: 8 }, () => value);
}
