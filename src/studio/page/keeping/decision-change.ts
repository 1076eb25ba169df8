/** Changes of decisions, and what undoes them. */
import type { Decision, DecisionChange } from '../../protocol.ts';

const PARTS = ['decision', 'stars', 'note', 'name'] as const;

/** What is null is taken away; what is left out stays. */
export function changedBy(before: Decision, change: DecisionChange): Decision {
  const parts = PARTS.map(
    (part) => [part, change[part] === undefined ? before[part] : change[part]] as const,
  );
  return Object.fromEntries(parts.filter(([, value]) => value !== undefined && value !== null));
}

/** The change that undoes a change. */
export function backOf(before: Decision, change: DecisionChange): DecisionChange {
  const parts = PARTS.filter((part) => change[part] !== undefined).map((part) => [
    part,
    before[part] ?? null,
  ]);
  return { id: change.id, ...Object.fromEntries(parts) };
}
