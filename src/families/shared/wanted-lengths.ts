/** How long the loops of a family should be: as many seconds as asked, or whole bars of the source's tempo. */
import { CLEAR_ENOUGH_TO_ACT_ON } from '../../analysis/confidence.ts';
import type { TempoEstimate } from '../../analysis/tempo.ts';
import type { SharedSettings } from '../../settings/shared.ts';

export interface WantedLength {
  /** Frames. */
  readonly frames: number;
  /** On the grid how many bars that is, to the sample; null off it, where a loop may be a little longer or shorter. */
  readonly bars: number | null;
}

/** The grid of bars was asked for, and the source has no tempo to lay it by: lengths are in seconds. */
export interface NoSteadyTempo {
  readonly code: 'no-steady-tempo';
}

export interface WantedLengths {
  readonly lengths: readonly WantedLength[];
  /** Why the grid could not be kept to, where it was asked for. */
  readonly reason?: NoSteadyTempo;
}

/** Share of its length by which a loop may be shorter or longer than asked, for a better seam. */
export const LENGTH_SLACK = 0.1;
/** The same where the sound pulses and no whole number of its periods lies within that. */
export const PULSE_SLACK = 0.45;
export const BEATS_PER_BAR = 4;

/**
 * @param seconds the family's own lengths, used without `snap_to_grid` or where no tempo is known
 * @param tempo of the source
 */
export function wantedLengths(
  seconds: readonly number[],
  musicality: SharedSettings['musicality'],
  tempo: TempoEstimate | null,
  sampleRate: number,
): WantedLengths {
  const plain = seconds.map((length) => ({ frames: Math.round(length * sampleRate), bars: null }));
  if (!musicality.snap_to_grid) return { lengths: plain };
  const bpm = gridTempo(musicality.reference_bpm, tempo);
  if (bpm === null) return { lengths: plain, reason: { code: 'no-steady-tempo' } };
  const bar = (BEATS_PER_BAR * 60 * sampleRate) / bpm;
  return { lengths: musicality.bar_lengths.map((bars) => ({ frames: Math.round(bars * bar), bars })) };
}

/** Frames by which a loop of this length may be shorter or longer. @param frames where it was stretched since */
export function lengthSlackOf({ bars, frames }: WantedLength, stretched = frames): number {
  return bars === null ? Math.round(LENGTH_SLACK * stretched) : 0;
}

/** A steady beat is enough: whether it is half or double of what is tapped, whole bars of it loop with it. */
function gridTempo(reference: number | 'detect' | null, tempo: TempoEstimate | null): number | null {
  if (typeof reference === 'number') return reference;
  const isSteady = tempo !== null && tempo.steadiness >= CLEAR_ENOUGH_TO_ACT_ON.tempo;
  return reference === 'detect' && isSteady ? tempo.bpm : null;
}
