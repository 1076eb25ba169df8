/** Which phases suit a source, by what it is. */
import type { KindReason } from '../analysis/source-kind-reason.ts';
import { SOURCE_KINDS, type SourceKind } from '../config/source-kinds.ts';
import { MAKINGS, type Making, PHASE_WORK, type Phase } from './phases.ts';

/** Why a source is taken for what it is. */
export type RouteReason =
  | KindReason
  /** It is silent, or too short. */
  | { readonly code: 'nothing-to-hear' }
  | { readonly code: 'unreadable' }
  /** A glob under this kind in the config's `routes` matches it. */
  | { readonly code: 'configured'; readonly kind: SourceKind | 'skip'; readonly glob: string };

/** What a source is taken for, and why. */
export interface Route {
  /** `skip` where the config says so; `unknown` where it cannot be heard: silent, too short, unreadable. */
  readonly kind: SourceKind | 'skip' | 'unknown';
  readonly by: 'ear' | 'config';
  /** How likely the ear takes the kind to be, 0 to 1; null where it was not asked. */
  readonly confidence: number | null;
  readonly reason: RouteReason;
}

/** The phases that suit each kind, in no order; docs/BATCH.md says why. */
const KIND_PHASES: Readonly<Record<SourceKind, readonly Phase[]>> = {
  song: ['mine-pads', 'mine-drums', 'mine-silences'],
  tonal: ['make-drones', 'make-clouds'],
  drum_loop: ['make-hiss', 'mine-drums'],
  hit: ['mine-drums'],
  noise: ['make-hiss', 'make-clouds', 'mine-silences'],
  speech: ['mine-silences'],
};

/** The phases of those asked for that a source goes through; what cannot be heard goes through all, which say what is wrong. */
export function phasesOf({ kind }: Route, asked: readonly Phase[]): readonly Phase[] {
  if (kind === 'unknown') return asked;
  return kind === 'skip' ? [] : asked.filter((phase) => KIND_PHASES[kind].includes(phase));
}

/** Of the makings planned those of the phases that suit. */
export function makingsOf(route: Route, planned: readonly Making[], asked: readonly Phase[]): Making[] {
  const suiting = phasesOf(route, asked).flatMap((phase) => PHASE_WORK[phase].makings);
  return MAKINGS.filter((making) => planned.includes(making) && suiting.includes(making));
}

/** As far as a damaged or foreign value could do harm. */
export function isRoute(value: unknown): value is Route {
  const { kind, by, reason } = (value ?? {}) as Partial<Record<keyof Route, unknown>>;
  return (
    ROUTE_KINDS.some((each) => each === kind) &&
    (by === 'ear' || by === 'config') &&
    typeof (reason as { readonly code?: unknown } | undefined)?.code === 'string'
  );
}

const ROUTE_KINDS: readonly Route['kind'][] = [...SOURCE_KINDS, 'skip', 'unknown'];
