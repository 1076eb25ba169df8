/**
 * The excerpts that pad loops and swells are cut from: the most stable moment of a source with what lies
 * around it, shifted and stretched in every way that is asked for. Both families cut from the same ones.
 */
import type { RootEstimate } from '../../analysis/root.ts';
import { likelyRoot } from '../../analysis/tonality.ts';
import { semitonesToKey } from '../../analysis/transposition.ts';
import type { Sound } from '../../dsp/sound.ts';
import { stretchRange } from '../../dsp/stretch.ts';
import type { Material } from '../texture.ts';
import { type StableMoment, stableMoment } from './stable-moment.ts';
import type { TonalSettings } from './tonal-settings.ts';
import type { Transform } from './transforms.ts';
import { LENGTH_SLACK, type WantedLengths, wantedLengths } from './wanted-lengths.ts';

export interface Excerpt {
  readonly transform: Transform;
  /** Shift altogether, the move to `target_key` included. */
  readonly transposition: number;
  readonly sound: Sound;
  /** How far the sound is stretched already: by the transform's factor, or, where that is extreme, not at all. */
  readonly factor: number;
  /** Frame of the sound in which the middle of the still moment lies. */
  readonly middle: number;
  readonly stability: number;
  /** Of the still moment in the source, before any shift, however unclear; null where there are no partials. */
  readonly momentRoot: RootEstimate | null;
  /** As of its material. */
  readonly recordsLoops: boolean;
  /** Where a stretch of the sound comes from. */
  origin(start: number, length: number): { readonly startSec: number; readonly endSec: number };
}

/** How far the start of a loop may be moved for a better seam, seconds. */
export const START_SLACK_SEC = 0.25;

/** Beyond this a stretched sound is a row of echoes; it is better phase-randomised. */
const MOST_STRETCH = 3;

/** Lengths of the pad loops at the original time. */
export function padLoopLengths({ analysis, reader }: Material, settings: TonalSettings): WantedLengths {
  const seconds = [settings.drones.pad_loop_duration_sec];
  return wantedLengths(seconds, settings.musicality, analysis.tempo, reader.sampleRate);
}

/** What has been made of a material, and the moment all of it comes from. */
interface Preparation {
  readonly moment: StableMoment;
  readonly root: Promise<RootEstimate | null>;
  readonly byName: Map<string, Promise<Excerpt>>;
}

const preparations = new WeakMap<Material, Preparation>();

/** The transformed moment, long enough for the longest pad loop and for a swell; made once a material. */
export function excerpt(material: Material, settings: TonalSettings, transform: Transform): Promise<Excerpt> {
  let known = preparations.get(material);
  if (!known) {
    const length = longestLoop(material, settings);
    const moment = stableMoment(material.analysis, settings.pre_analysis, length);
    const root = material.reader.read(moment.start, moment.length).then(likelyRoot);
    known = { moment, root, byName: new Map() };
    preparations.set(material, known);
  }
  let made = known.byName.get(transform.name);
  if (!made) {
    made = makeExcerpt(material, settings, transform, known);
    known.byName.set(transform.name, made);
  }
  return made;
}

function longestLoop(material: Material, settings: TonalSettings): number {
  return Math.max(...padLoopLengths(material, settings).lengths.map(({ frames }) => frames));
}

async function makeExcerpt(
  material: Material,
  settings: TonalSettings,
  transform: Transform,
  { moment, root }: Preparation,
): Promise<Excerpt> {
  const { reader, analysis } = material;
  const { sampleRate } = reader;
  const momentRoot = await root;
  const factor = transform.factor > MOST_STRETCH ? 1 : transform.factor;
  const centre = moment.start + Math.round(moment.length / 2);
  const [before, after] = reach(longestLoop(material, settings), sampleRate, settings, transform.factor);
  const start = Math.max(0, centre - before);
  const end = Math.min(reader.frameCount, centre + after);
  const semitones = transform.semitones + semitonesToKey(analysis.key, settings.musicality.target_key);
  // A loop that was turned begins later than what it was cut from.
  const inSource = (frame: number) => Math.min(end, start + frame / factor) / sampleRate;
  return {
    transform,
    transposition: semitones,
    sound: await stretchRange(reader, start, end - start, { factor, semitones }),
    factor,
    middle: Math.round((centre - start) * factor),
    stability: moment.stability,
    momentRoot,
    recordsLoops: material.recordsLoops ?? false,
    origin: (first, length) => ({ startSec: inSource(first), endSec: inSource(first + length) }),
  };
}

/** Frames of source that are needed before and after the middle of the moment. */
function reach(
  loop: number,
  sampleRate: number,
  settings: TonalSettings,
  factor: number,
): [before: number, after: number] {
  const swell = Math.ceil((settings.drones.swell_duration_sec * sampleRate) / factor / 2);
  if (factor > MOST_STRETCH) return [Math.max(loop >> 1, swell), Math.max(loop >> 1, swell)];
  // A loop reaches back by half of itself, and by a crossfade of up to half; slack comes on top.
  const slack = Math.ceil(LENGTH_SLACK * loop + START_SLACK_SEC * sampleRate);
  return [Math.max(loop + slack, swell), Math.max((loop >> 1) + slack, swell)];
}
