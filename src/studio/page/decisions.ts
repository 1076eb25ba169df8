/** What somebody decides: seen at once, saved at once, and taken back one after the other. */
import type { Decision, DecisionChange } from '../protocol.ts';
import { backOf, changedBy } from './decision-change.ts';
import { createOutbox, type Saving } from './outbox.ts';
import { createSignal, type Signal } from './signal.ts';

/** Something decided, in words, and what takes it back. */
interface Step {
  readonly words: string;
  readonly back: DecisionChange;
}

type Known = readonly { readonly id: string; readonly decision: Decision }[];

export interface Decisions {
  of(id: string): Decision;
  /** @param words what is done, as `keep journeys end, pad 03` */
  change(change: DecisionChange, words: string): void;
  /** @returns what was taken back; null where nothing is left to */
  undo(): { readonly id: string; readonly words: string } | null;
  /** What the server has; what waits to be sent stays as it is here. */
  take(known: Known): void;
  readonly saving: Signal<Saving>;
  /** The id of what changed. */
  readonly changed: Signal<string>;
}

export function createDecisions(): Decisions {
  const now = new Map<string, Decision>();
  const steps: Step[] = [];
  const changed = createSignal('');
  const outbox = createOutbox(take, takeBack);
  const of = (id: string): Decision => now.get(id) ?? {};

  function set(id: string, decision: Decision): void {
    now.set(id, decision);
    changed.set(id);
  }
  function apply(change: DecisionChange): void {
    set(change.id, changedBy(of(change.id), change));
    outbox.add(change);
  }
  function take(known: Known): void {
    for (const { id, decision } of known) {
      const isSame = JSON.stringify(of(id)) === JSON.stringify(decision);
      if (!outbox.holds(id) && !isSame) set(id, decision);
    }
  }
  /** What was not saved is not shown as if it were. */
  function takeBack(changes: readonly DecisionChange[]): void {
    for (const { id } of changes) {
      const at = steps.findLastIndex(({ back }) => back.id === id);
      if (at < 0) continue;
      const [{ back }] = steps.splice(at, 1);
      set(id, changedBy(of(id), back));
    }
  }

  return {
    of,
    take,
    saving: outbox.saving,
    changed,
    change(change, words) {
      steps.push({ words, back: backOf(of(change.id), change) });
      apply(change);
    },
    undo() {
      const step = steps.pop();
      if (!step) return null;
      apply(step.back);
      return { id: step.back.id, words: step.words };
    },
  };
}
