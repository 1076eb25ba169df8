/** Which phases suit a source, by what it is. */

import type { KindReason } from '../analysis/source-kind-reason.ts';
import type { Families } from '../config/settings.ts';
import type { MakerId, PhaseId } from '../families/family.ts';
import { makersOf, phaseOf } from '../families/lookup.ts';
import { SOURCE_KINDS, type SourceKind } from '../settings/source-kinds.ts';

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
  /** `skip` where the config says so; `unknown` where it cannot be analysed: silent, too short, unreadable. */
  readonly kind: SourceKind | 'skip' | 'unknown';
  readonly by: 'ear' | 'config';
  /** How likely the analysis takes the kind to be, 0 to 1; null where it was not asked. */
  readonly confidence: number | null;
  readonly reason: RouteReason;
}

/** The phases of those asked for that a source goes through; what cannot be analysed goes through all, which say what is wrong. */
export function phasesOf({ kind }: Route, asked: readonly PhaseId[], families: Families): readonly PhaseId[] {
  if (kind === 'unknown') return asked;
  return kind === 'skip' ? [] : asked.filter((phase) => phaseOf(phase, families).suits.includes(kind));
}

/** Of the makers planned those of the phases that suit. */
export function suitingMakers(
  route: Route,
  planned: readonly MakerId[],
  asked: readonly PhaseId[],
  families: Families,
): MakerId[] {
  const phases = phasesOf(route, asked, families);
  return makersOf(families)
    .filter(({ id, phase }) => planned.includes(id) && phase !== null && phases.includes(phase.id))
    .map(({ id }) => id);
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
