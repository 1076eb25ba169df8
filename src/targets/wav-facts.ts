/** What the file of a sample says of it, as far as the profile lists that the device reads it. */
import { CLEAR_ENOUGH_TO_ACT_ON, CLEAR_ENOUGH_TO_SAY, isClear } from '../analysis/confidence.ts';
import { frameCount, type Sound } from '../dsp/sound.ts';
import type { AcidFacts } from '../formats/acid-chunk.ts';
import type { WavFacts } from '../formats/wav-writer.ts';
import type { DeviceOptions, TargetTexture } from './target.ts';

/** By how much of a beat a loop may be off a whole number of them: 16 ms at 120 BPM, which is heard as together. */
const OFF_THE_BEAT = 1 / 32;

/**
 * @param sound as it is written
 * @param cues frames at which slices begin; left out where the sound is one
 */
export function wavFacts(
  texture: TargetTexture,
  sound: Sound,
  { profile, software }: Pick<DeviceOptions, 'profile' | 'software'>,
  cues?: readonly number[],
): WavFacts {
  // Nothing where nobody knows what the device makes of it.
  const chunks = profile.chunks.value ?? [];
  const says = (chunk: (typeof chunks)[number]) => chunks.includes(chunk);
  const info = { name: texture.name ?? texture.fileName, software, source: texture.sourcePath };
  return {
    sampler: says('smpl') ? { loop: texture.loops, root: clearRoot(texture) } : undefined,
    acid: says('acid') ? acidFacts(texture, frameCount(sound) / sound.sampleRate) : undefined,
    cues: says('cue') ? cues : undefined,
    info: says('info') ? info : undefined,
  };
}

/** Its root, where that is clear enough to be written anywhere. */
export function clearRoot({ root }: Pick<TargetTexture, 'root'>): TargetTexture['root'] {
  return isClear(root, CLEAR_ENOUGH_TO_SAY.root) ? root : null;
}

/**
 * Nothing is said of a loop that is no whole number of beats at a tempo that is trusted: what reads `acid` would stretch it.
 * @param seconds that the whole file lasts
 */
function acidFacts(texture: TargetTexture, seconds: number): AcidFacts | undefined {
  const root = clearRoot(texture)?.note ?? null;
  if (!texture.loops) return { isOneShot: true, root, beats: null };
  const beats = wholeBeats(texture, seconds);
  return beats === null ? undefined : { isOneShot: false, root, beats };
}

/**
 * The tempo that is said of a file, beats a minute: that of its source, which a loop that is a whole number of beats keeps to
 * the frame; null where none is known.
 */
export function fileTempo(texture: Pick<TargetTexture, 'tempo' | 'loops'>, seconds: number): number | null {
  const beats = texture.loops ? wholeBeats(texture, seconds) : null;
  if (beats !== null) return (60 * beats) / seconds;
  return isClear(texture.tempo, CLEAR_ENOUGH_TO_SAY.tempo) ? texture.tempo.bpm : null;
}

/** How many beats a loop lasts; null where they are no whole number, or no tempo is sure enough to be stretched by. */
function wholeBeats({ tempo }: Pick<TargetTexture, 'tempo'>, seconds: number): number | null {
  if (!isClear(tempo, CLEAR_ENOUGH_TO_ACT_ON.tempo)) return null;
  const beats = (seconds * tempo.bpm) / 60;
  const whole = Math.round(beats);
  return whole > 0 && Math.abs(beats - whole) <= OFF_THE_BEAT ? whole : null;
}
