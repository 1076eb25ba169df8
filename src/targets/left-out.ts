/** Why a texture is not in a kit or instrument; `wording/kits.ts` says it in words. */
export type LeftOutReason =
  /** The error's own sentence. */
  | { readonly code: 'unreadable'; readonly message: string }
  | { readonly code: 'empty' }
  /** What the device takes is shorter than one frame. */
  | { readonly code: 'no-room' }
  /** A one-shot would be cut to less than half. */
  | { readonly code: 'too-little-left' }
  /** The same, known from its length alone; the device would take more where that is a wish. */
  | {
      readonly code: 'too-long';
      readonly durationSec: number;
      readonly mostSec: number;
      readonly isAsked: boolean;
    }
  /** It is known to be in another key, or to sit on another note, and may not be moved so far. @param is that key or note */
  | { readonly code: 'other-key'; readonly is: string; readonly wanted: string }
  /** Neither its key nor its root is clear. */
  | { readonly code: 'unknown-key'; readonly wanted: string }
  /** It needs more of the device than was planned for it. */
  | { readonly code: 'longer-than-listed' }
  /** Better ranked ones fill the device: its samples, … */
  | { readonly code: 'samples-full'; readonly limit: number }
  /** … its time, s of mono, … */
  | { readonly code: 'seconds-full'; readonly needs: number; readonly left: number; readonly limit: number }
  /** … or its memory, bytes. */
  | { readonly code: 'bytes-full'; readonly needs: number; readonly left: number; readonly limit: number };
