/** What somebody decides: seen at once, saved at once, and taken back one after the other. */
import type { Decision, DecisionChange } from '../../protocol.ts';
import type { History, Step } from '../state/history.ts';
import { createSignal, type Signal } from '../state/signal.ts';
import { backOf, changedBy } from './decision-change.ts';
import { createOutbox, type Saving } from './outbox.ts';

/** A step of the history, and the changes that take it back. */
interface Decided {
  readonly step: Step;
  backs: readonly DecisionChange[];
}

type Known = readonly { readonly id: string; readonly decision: Decision }[];

export interface Decisions {
  of(id: string): Decision;
  /**
   * Decides on one texture or several, as one step.
   * @param words what is done, as `journeys end, pad 03 kept`
   */
  change(changes: readonly DecisionChange[], words: string): void;
  /** What the server has; what waits to be sent stays as it is here. */
  take(known: Known): void;
  readonly saving: Signal<Saving>;
  /** Once the server has all of them. @throws Error with a sentence where it does not answer now */
  settled(): Promise<void>;
  /** The id of what changed. */
  readonly changed: Signal<string>;
}

export function createDecisions(history: History): Decisions {
  const now = new Map<string, Decision>();
  /** Those steps of the history that are decisions. */
  let all: readonly Decided[] = [];
  const changed = createSignal('');
  const outbox = createOutbox(take, takeBack);
  const of = (id: string): Decision => now.get(id) ?? {};

  function set(id: string, decision: Decision): void {
    now.set(id, decision);
    changed.set(id);
  }
  function apply(changes: readonly DecisionChange[]): void {
    for (const change of changes) {
      set(change.id, changedBy(of(change.id), change));
      outbox.add(change);
    }
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
      const decided = all.findLast(({ backs }) => backs.some((back) => back.id === id));
      if (!decided) continue;
      const back = decided.backs.find((one) => one.id === id)!;
      set(id, changedBy(of(id), back));
      decided.backs = decided.backs.filter((one) => one !== back);
      if (decided.backs.length > 0) continue;
      all = all.filter((one) => one !== decided);
      history.forget(decided.step);
    }
  }

  return {
    of,
    take,
    saving: outbox.saving,
    settled: outbox.settled,
    changed,
    change(changes, words) {
      const about = changes.length === 1 ? changes[0].id : null;
      const backs = changes.map((change) => backOf(of(change.id), change));
      const decided: Decided = {
        backs,
        step: { words, about, undo: () => apply(decided.backs), redo: () => apply(changes) },
      };
      all = [...all, decided];
      history.did(decided.step);
      apply(changes);
    },
  };
}
