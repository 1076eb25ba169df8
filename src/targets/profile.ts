/**
 * What a device takes: the shape of a profile file, `profiles/*.json` or a user's own. Every figure says where it is
 * from and how sure it is; what nobody has stated stays unknown.
 */
import * as z from 'zod';
import { SHORTEST_NAME } from './limits.ts';

/**
 * `measured` on a device; `manual`: its maker says so; `reported`: others do; `choice`: the device would take more, and
 * this is ours; `own`: a user's profile that names no source; `unknown`.
 */
const CONFIDENCES = ['measured', 'manual', 'reported', 'choice', 'own', 'unknown'] as const;

/** One fact of a device. A null that is not unknown means that there is no such limit. */
export interface KnownValue<T> {
  readonly value: T | null;
  readonly confidence: (typeof CONFIDENCES)[number];
  /** Title of the manual or page. */
  readonly source?: string | undefined;
  readonly url?: string | undefined;
  readonly note?: string | undefined;
}

const positive = z.number().positive();
const count = z.int().positive();
const rate = z.int().min(4000).max(384_000);

const alphabet = z
  .string()
  .regex(/^[\x20-\x7e]+$/, 'must be printable ASCII characters, each written out')
  .refine(
    (text) => /[A-Za-z]/.test(text) && [...'0123456789'].every((digit) => text.includes(digit)),
    'must hold letters and all ten digits',
  )
  .refine((text) => !/[<>:"/\\|?*]/.test(text), 'must hold none of <>:"/\\|?*');

const folder = z
  .string()
  .refine(
    (path) => path === '' || path.split('/').every((part) => /^[^\\:*?"<>|.][^\\:*?"<>|]*$/.test(part)),
    'must be a path with slashes below the card, such as "SAMPLES/{kit}"',
  );

/** Loop and root; tempo, root and beats; slice points; name, software and source (a `LIST` of type `INFO`). */
const CHUNKS = ['smpl', 'acid', 'cue', 'info'] as const;
/** What profiles said before these were a list. */
const EARLIER_CHUNKS: ReadonlyMap<unknown, readonly (typeof CHUNKS)[number][]> = new Map([
  ['none', []],
  ['smpl', ['smpl']],
  ['full', ['smpl', 'info']],
]);
const chunks = z.preprocess(
  (given) => EARLIER_CHUNKS.get(given) ?? given,
  z.array(z.enum(CHUNKS), { error: `must be a list of ${CHUNKS.join(', ')}, empty for none` }),
);

export const LOOPS = ['file', 'points', 'hand', 'doubtful'] as const;

const depth = z.union([z.literal(8), z.literal(16), z.literal(24), z.literal(32)]);

const shape = z.strictObject({
  version: z.literal(1),
  /** What `--profile` takes. */
  id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'must be small letters, digits and dashes'),
  device: z.string().min(1),
  /** How its samples are written: the id of a target, see `targets/index.ts`. */
  target: z.string().min(1),
  /** How the kit gets into the device. */
  loading: z.string().min(1).optional(),
  /** Those it takes, or the least and most of them. */
  sample_rates_hz: figure(
    z.union([z.array(rate).min(1), z.strictObject({ least: rate, most: rate })], {
      error: 'must be a list of rates, or {"least": …, "most": …}',
    }),
  ),
  /** Everything is brought to it; null leaves what the device takes as it is. */
  preferred_sample_rate_hz: figure(rate),
  bit_depths: figure(z.array(depth)),
  channels: figure(z.array(z.union([z.literal(1), z.literal(2)])).min(1)),
  longest_sample_sec: figure(positive),
  /** All samples together; a stereo one counts twice. */
  total_sec: figure(positive),
  /** Sound data of all samples together. */
  total_bytes: figure(count),
  /** Of {@link total_bytes}, what the device takes for itself, so that no kit may fill it. */
  reserved_bytes: figure(count),
  /** Of a kit, sound data that a project loads at a time: said in the kit's note, and no limit of what is written. */
  loaded_bytes: figure(count),
  most_samples: figure(count),
  /** Samples that it plays from its card beside those in memory, of which they take none. */
  streamed_samples: figure(count),
  /** Below the card's root, with slashes; `{kit}` is the kit's name. */
  folder: figure(folder),
  /** Characters, without the ending. */
  longest_name: figure(z.int().min(SHORTEST_NAME)),
  /** The characters that names may hold, each written out. */
  alphabet: figure(alphabet),
  /** Characters from the card's root on, with the ending. */
  longest_path: figure(z.int().min(SHORTEST_NAME)),
  most_files_per_folder: figure(count),
  /** What a file carries beside its sound, as far as the device reads or bears it; see {@link CHUNKS}. */
  chunks: figure(chunks),
  /**
   * How it loops: the whole file; between the points that stand beside the sound; as somebody sets on it; or nobody knows
   * whether it does, so that a loop may play once.
   */
  loops: figure(z.enum(LOOPS)),
  /** Where it takes a sample's root from, the first that there is; none where somebody tunes it by ear. */
  roots: figure(z.array(z.enum(['file', 'name']))),
  /** Where it takes a sample's tempo from: what stands beside the sound; its own guess; somebody sets it. */
  tempo: figure(z.enum(['file', 'guess', 'hand'])),
  /** Samples that one instrument maps across keys. */
  zones: figure(count),
  /** Slices that it plays of one sample. */
  slices: figure(z.int().min(2)),
  /** Equal steps of a sample at which it can begin, where it reads no slices; they are then laid out on these. */
  slice_steps: figure(z.int().min(2)),
  /** Samples that it shows or loads together: a bank, a page of pads. */
  bank_size: figure(count),
  /** Families that it is made for: they get every other place of a kit, as long as there are some. */
  favours: figure(z.array(z.string().min(1))),
});

/**
 * A profile's file, each figure by itself.
 * @param writable the depths that can be written
 */
export function profileShape(writable: readonly number[]) {
  const isWritable = (depths: readonly number[]) => depths.some((each) => writable.includes(each));
  const message = `must hold ${writable.join(' or ')}, which is what is written`;
  return shape.extend({ bit_depths: figure(z.array(depth).refine(isWritable, message)) });
}

export type Profile = z.infer<typeof shape>;
/** The keys of a profile that are figures. */
export type KnownKey = Exclude<keyof Profile, 'version' | 'id' | 'device' | 'target' | 'loading'>;

/** A figure; a bare value stands for one of the user's own, and a missing one for unknown. */
function figure<T>(value: z.ZodType<T>) {
  const written = z
    .strictObject({
      value: value.nullable(),
      confidence: z.enum(CONFIDENCES),
      source: z.string().min(1).optional(),
      url: z.url().optional(),
      note: z.string().min(1).optional(),
    })
    .superRefine(({ value, confidence, source }, context) => {
      if (confidence === 'unknown' && value !== null) {
        context.addIssue({ code: 'custom', path: ['value'], message: 'must be null where it is unknown' });
      }
      if (['measured', 'manual', 'reported'].includes(confidence) && source === undefined) {
        context.addIssue({ code: 'custom', path: ['source'], message: 'must say where it is from' });
      }
    });
  return z.preprocess(spelledOut, written) as unknown as z.ZodType<KnownValue<T>>;
}

function spelledOut(given: unknown): unknown {
  if (given === undefined) return { value: null, confidence: 'unknown' };
  const isFigure = typeof given === 'object' && given !== null && ('value' in given || 'confidence' in given);
  return isFigure ? given : { value: given, confidence: given === null ? 'unknown' : 'own' };
}
