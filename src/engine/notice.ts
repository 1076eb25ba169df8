import type { StereoFault } from '../analysis/sides.ts';
import type { SetAside } from '../archive/manifest.ts';
import type { InWords } from './in-words.ts';

/** What is odd about a source that was analysed; it is used all the same. */
export type SourceNotice =
  /** One of its channels is silent, or the other inverted. */
  | { readonly code: 'stereo-fault'; readonly fault: StereoFault }
  /** Its key is not clear, so that `musicality.target_key` does not move it. */
  | { readonly code: 'key-not-clear' }
  /** Its file is not as it should be: what its reader says, in a sentence. */
  | { readonly code: 'odd-file'; readonly sentence: string };

/** A manifest that is merged could be read only in part. */
export interface ShardDamaged {
  readonly code: 'shard-damaged';
  /** Absolute. */
  readonly manifest: string;
  /** What could not be read, as part of a sentence. */
  readonly why: string;
}

/** What to look at, of a source or of the export folder, though the work goes on. */
export type Notice =
  | SourceNotice
  | SetAside
  | ShardDamaged
  /** `curation.json` cannot be read, so that everything is protected: the error's sentence. */
  | { readonly code: 'decisions-unreadable'; readonly sentence: string; readonly during: 'run' | 'merge' }
  /** The cache cannot be written: the error's sentence. */
  | { readonly code: 'cache-not-written'; readonly sentence: string }
  | InWords;

export function stereoNotice(fault: StereoFault | null): SourceNotice | null {
  return fault === null ? null : { code: 'stereo-fault', fault };
}

/** What the readers of a file say of it. */
export function fileNotices(sentences: readonly string[]): SourceNotice[] {
  return sentences.map((sentence) => ({ code: 'odd-file', sentence }));
}
