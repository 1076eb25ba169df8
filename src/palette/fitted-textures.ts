/** Sounds on their way into a kit: fitted and measured, and kept until they are written, as far as there is memory. */
import { amplify, dbToAmplitude } from '../dsp/levels.ts';
import type { Random } from '../dsp/random.ts';
import { frameCount, type Sound } from '../dsp/sound.ts';
import type { Platform } from '../platform/platform.ts';
import type { Adaptation } from '../targets/adaptation.ts';
import { fitSound } from '../targets/fit-sound.ts';
import type { Levelling, MeasuredSound } from '../targets/kit-levels.ts';
import type { LeftOutReason } from '../targets/left-out.ts';
import type { Slot } from '../targets/plan.ts';
import { mostFrames } from '../targets/shape.ts';
import { soundLevel } from '../targets/sound-level.ts';
import type { FittedSample, MadeSample } from '../targets/target.ts';
import { readTexture } from './palette.ts';
import { type RemeasuredPitch, remeasuredPitch } from './remeasured-pitch.ts';
import type { KitTexture } from './texture-choice.ts';
import { assertWhole } from './whole-texture.ts';

/** Sounds beyond these are fitted once more when they are written: half an hour of mono, 256 MB. */
const MOST_KEPT_SAMPLES = 64 * 1024 * 1024;

/** What is known of a fitted sound. */
export interface MeasuredTexture extends MeasuredSound {
  readonly adaptations: readonly Adaptation[];
  /** What is to be said of its pitch, where that is no longer what was said; else null. */
  readonly remeasured: RemeasuredPitch | null;
}

/** A fitted sound, at the level that it comes with. */
export interface FittedTexture extends MeasuredTexture {
  readonly sound: Sound;
}

export interface FittedTextures {
  has(slot: Slot<KitTexture>): boolean;
  /** Fits what has not been, or says why it cannot be. @throws as {@link readTexture} and {@link assertWhole} */
  measured(slot: Slot<KitTexture>): Promise<MeasuredTexture | { readonly leftOut: LeftOutReason }>;
  /** The sound of one that was measured; nobody else has it, and it is not kept any longer. @throws as {@link readTexture} */
  taken(slot: Slot<KitTexture>): Promise<FittedTexture>;
}

/** @param randomFor the random numbers for what is made of a texture */
export function openFittedTextures(
  platform: Platform,
  randomFor: (texture: KitTexture, what: 'smear') => Random,
): FittedTextures {
  const known = new Map<string, MeasuredTexture>();
  const sounds = new Map<string, Sound>();
  let kept = 0;

  async function fitTexture({ texture, shape }: Slot<KitTexture>) {
    const sound = await readTexture(platform, texture);
    assertWhole(texture, { frameCount: frameCount(sound), sampleRate: sound.sampleRate });
    return fitSound(sound, texture.loops, shape!, randomFor(texture, 'smear'), texture.moved);
  }

  return {
    has: (slot) => known.has(keyOf(slot)),
    async measured(slot) {
      const key = keyOf(slot);
      const before = known.get(key);
      if (before) return before;
      const { texture, shape } = slot;
      const fitted = await fitTexture(slot);
      if ('leftOut' in fitted) return fitted;
      const { sound, adaptations } = fitted;
      if (frameCount(sound) > mostFrames(texture, shape!)) return { leftOut: { code: 'longer-than-listed' } };
      const { path, family, loops } = texture;
      const remeasured = adaptations.some(isShortening) ? remeasuredPitch(sound, texture) : null;
      const level = soundLevel(sound, loops);
      const one = { path, family, loops, ...level, adaptations, remeasured };
      known.set(key, one);
      const samples = frameCount(sound) * sound.channels.length;
      if (kept + samples <= MOST_KEPT_SAMPLES) {
        sounds.set(key, sound);
        kept += samples;
      }
      return one;
    },
    async taken(slot) {
      const key = keyOf(slot);
      const sound = sounds.get(key) ?? soundOf(await fitTexture(slot));
      if (sounds.delete(key)) kept -= frameCount(sound) * sound.channels.length;
      return { ...known.get(key)!, sound };
    },
  };
}

function isShortening({ code }: Adaptation): boolean {
  return code === 'looped-anew' || code === 'phases-randomised' || code === 'faded-out';
}

/** What was fitted once can be again. */
function soundOf(fitted: Awaited<ReturnType<typeof fitSound>>): Sound {
  if ('leftOut' in fitted) throw new RangeError('A texture was measured and cannot be fitted.');
  return fitted.sound;
}

function keyOf({ texture, shape }: Slot<KitTexture>): string {
  return JSON.stringify([texture.path, shape]);
}

/** A fitted sound as it goes into its file. @param levelling left out where it keeps its level */
export function levelledSample(
  slot: Slot<KitTexture>,
  { sound, adaptations, ...measured }: Omit<FittedTexture, 'remeasured'>,
  levelling: Levelling | undefined,
  random: Random,
): FittedSample & { readonly sample: MadeSample<KitTexture> } {
  const gainDb = levelling?.gainDb ?? 0;
  if (gainDb !== 0) for (const channel of sound.channels) amplify(channel, dbToAmplitude(gainDb));
  const level = { lufs: measured.lufs + gainDb, truePeakDb: measured.truePeakDb + gainDb };
  const shape = slot.shape!;
  const sample: MadeSample<KitTexture> = {
    slot,
    frameCount: frameCount(sound),
    sampleRate: shape.sampleRate,
    bitDepth: shape.bitDepth,
    channelCount: sound.channels.length,
    level,
    adaptations: [
      ...adaptations,
      ...levelAdaptation(levelling),
      ...depthChange(slot.texture.bitDepth, shape.bitDepth),
    ],
  };
  return { slot, sound, level, random, sample };
}

function levelAdaptation(levelling: Levelling | undefined): Adaptation[] {
  if (!levelling) return [];
  const isSaid = levelling.gainDb !== 0 || levelling.shortLu > 0 || levelling.familyShortLu > 0;
  return isSaid ? [{ code: 'levelled', ...levelling }] : [];
}

function depthChange(fromBits: number, toBits: number): Adaptation[] {
  return fromBits > toBits ? [{ code: 'depth-reduced', fromBits, toBits }] : [];
}
