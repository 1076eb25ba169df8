/**
 * patch.json of the OP-XY, version 4. Its maker publishes no text; keys, their places and neutral values are those of 324
 * presets that devices wrote (github.com/antiero/xy-format, src/presets), what the booleans of a loop do is measured there
 * (docs/logs/2026-06-17_patch_json_field_experiment.md). Figures go from 0 to 32767.
 */
import { basename } from '../../paths.ts';
import { type PlayedAlone, playedAlone } from '../played-alone.ts';
import type { DeviceOptions, MadeSample } from '../target.ts';
import { DRUM_KEYS, GUARD_FRAMES } from './presets.ts';

const MOST = 32767;
const MIDDLE = 16384;
/** The longest time of an envelope, s: it grows with the square of the figure (ConvertWithMoss; nobody measured it). */
const LONGEST_TIME_SEC = 10;

/** A preset of one texture, which all keys play. */
export function samplerPatch(sample: MadeSample, options: Pick<DeviceOptions, 'families'>): string {
  const played = playedAlone(sample.slot.texture, options);
  const envelope = { attack: timeFigure(played.attackSec), release: timeFigure(played.releaseSec) };
  return patch('sampler', envelope, [samplerRegion(sample, played)]);
}

/** A preset of hits, one a key. @param samples at most 24 */
export function drumPatch(samples: readonly MadeSample[]): string {
  return patch('drum', { attack: 0, release: 0 }, samples.map(drumRegion));
}

function patch(
  type: 'sampler' | 'drum',
  { attack, release }: { readonly attack: number; readonly release: number },
  regions: readonly object[],
): string {
  const whole = {
    engine: ENGINE,
    envelope: {
      amp: { attack, decay: 0, release, sustain: MOST },
      filter: { attack: 0, decay: 0, release: 0, sustain: MOST },
    },
    fx: { active: false, params: [19661, 0, 7391, 24063, 0, MOST, 0, 0], type: 'svf' },
    lfo: { active: false, params: [19024, 32255, 4048, 17408, 0, 0, 0, 0], type: 'element' },
    octave: 0,
    platform: 'OP-XY',
    regions,
    type,
    version: 4,
  };
  return `${JSON.stringify(whole, null, 2)}\n`;
}

const STILL = { amount: MIDDLE, target: 0 };

const ENGINE = {
  bendrange: 13653,
  highpass: 0,
  modulation: { aftertouch: STILL, modwheel: STILL, pitchbend: STILL, velocity: STILL },
  params: Array.from({ length: 8 }, () => MIDDLE),
  playmode: 'poly',
  'portamento.amount': 0,
  'portamento.type': MOST,
  transpose: 0,
  'tuning.root': 0,
  'tuning.scale': 0,
  'velocity.sensitivity': 10240,
  volume: MIDDLE,
  width: 0,
};

/**
 * `loop.onrelease` lets a loop go round while the key's release fades it, else it would run out into its guard frames;
 * `loop.enabled` is false for what plays once. The end of a sample is the frame behind it. The device's own presets
 * have the root as the highest key, and play on all keys.
 */
function samplerRegion({ slot, frameCount }: MadeSample, { rootKey, tuneCents }: PlayedAlone): object {
  const { texture, file } = slot;
  const frames = frameCount + (texture.loops ? GUARD_FRAMES : 0);
  return {
    framecount: frames,
    hikey: rootKey,
    lokey: 0,
    'loop.crossfade': 0,
    'loop.enabled': texture.loops,
    'loop.end': frameCount,
    'loop.onrelease': texture.loops,
    'loop.start': 0,
    'pitch.keycenter': rootKey,
    reverse: false,
    sample: basename(file),
    'sample.end': frames,
    tune: Math.round(tuneCents) + 0,
  };
}

function drumRegion({ slot, frameCount }: MadeSample, index: number): object {
  const key = DRUM_KEYS.first + index;
  return {
    'fade.in': 0,
    'fade.out': 0,
    framecount: frameCount,
    hikey: key,
    lokey: key,
    pan: 0,
    'pitch.keycenter': 60,
    playmode: 'oneshot',
    reverse: false,
    sample: basename(slot.file),
    'sample.end': frameCount,
    transpose: 0,
    tune: 0,
  };
}

function timeFigure(seconds: number): number {
  return Math.round(MOST * Math.sqrt(Math.min(1, seconds / LONGEST_TIME_SEC)));
}
