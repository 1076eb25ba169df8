/** How long the loops of a family should be: as many seconds as asked, or whole bars of the source's tempo. */
import type { TempoEstimate } from '../analysis/tempo.ts';
import type { Settings } from '../config/settings.ts';

export interface WantedLength {
  /** Frames. */
  readonly frames: number;
  /** True on the grid: to the sample, no slack. */
  readonly exact: boolean;
}

export interface WantedLengths {
  readonly lengths: readonly WantedLength[];
  /** Why the grid could not be kept to, where it was asked for. */
  readonly reason?: string;
}

/** Below this a detected tempo is a guess, and a grid of guesses helps nobody. */
const LEAST_TEMPO_CONFIDENCE = 0.3;
const BEATS_PER_BAR = 4;

/**
 * @param seconds the family's own lengths, used without `snap_to_grid` or where no tempo is known
 * @param tempo of the source
 */
export function wantedLengths(
  seconds: readonly number[],
  musicality: Settings['musicality'],
  tempo: TempoEstimate | null,
  sampleRate: number,
): WantedLengths {
  const plain = seconds.map((length) => ({ frames: Math.round(length * sampleRate), exact: false }));
  if (!musicality.snap_to_grid) return { lengths: plain };
  const bpm = gridTempo(musicality.reference_bpm, tempo);
  if (bpm === null) {
    return {
      lengths: plain,
      reason:
        'no steady tempo to snap to, so lengths are in seconds; set musicality.reference_bpm to a number',
    };
  }
  const bar = (BEATS_PER_BAR * 60 * sampleRate) / bpm;
  return { lengths: musicality.bar_lengths.map((bars) => ({ frames: Math.round(bars * bar), exact: true })) };
}

function gridTempo(reference: number | 'detect' | null, tempo: TempoEstimate | null): number | null {
  if (typeof reference === 'number') return reference;
  return reference === 'detect' && tempo && tempo.confidence >= LEAST_TEMPO_CONFIDENCE ? tempo.bpm : null;
}
