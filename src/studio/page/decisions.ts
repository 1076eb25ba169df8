/** What is decided by ear: seen at once, saved at once, and taken back one after the other. */
import type { Decision, DecisionChange, DecisionsAnswer } from '../protocol.ts';
import { postDecisions, type Unanswered } from './api.ts';
import { createSignal, type Signal } from './signal.ts';

/** Until a server that did not answer is asked again, ms. */
const AGAIN_MS = 2000;
/** What the server takes at once. */
const MOST_AT_ONCE = 1000;

export type Saving =
  | { readonly state: 'saving' }
  /** With what else is to be said of it. */
  | { readonly state: 'saved'; readonly message?: string }
  /** Kept here, and sent again; or refused and taken back. */
  | { readonly state: 'waiting' | 'refused'; readonly message: string };

/** Something decided, in words, and what takes it back. */
interface Step {
  readonly words: string;
  readonly back: DecisionChange;
}

export interface Decisions {
  of(id: string): Decision;
  /** @param words what is done, as `keep journeys end, pad 03` */
  change(change: DecisionChange, words: string): void;
  /** @returns what was taken back; null where nothing is left to */
  undo(): { readonly id: string; readonly words: string } | null;
  /** What the server has; what waits to be sent stays as it is here. */
  take(told: readonly { readonly id: string; readonly decision: Decision }[]): void;
  readonly saving: Signal<Saving>;
  /** The id of what changed. */
  readonly changed: Signal<string>;
}

export function createDecisions(): Decisions {
  const now = new Map<string, Decision>();
  const steps: Step[] = [];
  const saving = createSignal<Saving>({ state: 'saved' });
  const changed = createSignal('');
  /** In the order in which they were made; those on their way are in `sent`. */
  let waiting: DecisionChange[] = [];
  let sent: readonly DecisionChange[] = [];

  const of = (id: string): Decision => now.get(id) ?? {};

  function apply(change: DecisionChange): void {
    now.set(change.id, changedBy(of(change.id), change));
    changed.set(change.id);
    waiting.push(change);
    if (sent.length === 0) void send();
  }

  async function send(): Promise<void> {
    sent = waiting.slice(0, MOST_AT_ONCE);
    waiting = waiting.slice(MOST_AT_ONCE);
    saving.set({ state: 'saving' });
    try {
      settle(await postDecisions({ changes: sent }));
    } catch (error) {
      const { code, message } = error as Unanswered;
      // A server that was started again knows this page only once its address was opened.
      if (code === 'offline' || code === 'unauthorised') {
        waiting = [...sent, ...waiting];
        saving.set({ state: 'waiting', message });
        window.setTimeout(send, AGAIN_MS);
        return;
      }
      refuse(message);
    }
    if (waiting.length > 0) await send();
  }

  function settle({ saved, warning }: DecisionsAnswer): void {
    sent = [];
    take(saved);
    saving.set(warning === null ? { state: 'saved' } : { state: 'saved', message: warning });
  }

  /** What was not saved is not shown as if it were. */
  function refuse(message: string): void {
    for (const { id } of sent) {
      const at = steps.findLastIndex(({ back }) => back.id === id);
      if (at < 0) continue;
      now.set(id, changedBy(of(id), steps[at].back));
      steps.splice(at, 1);
      changed.set(id);
    }
    sent = [];
    saving.set({ state: 'refused', message });
  }

  function take(told: readonly { readonly id: string; readonly decision: Decision }[]): void {
    for (const { id, decision } of told) {
      const isOnItsWay = [...sent, ...waiting].some((change) => change.id === id);
      if (isOnItsWay || JSON.stringify(of(id)) === JSON.stringify(decision)) continue;
      now.set(id, decision);
      changed.set(id);
    }
  }

  window.addEventListener('beforeunload', (event) => {
    if (waiting.length + sent.length > 0) event.preventDefault();
  });

  return {
    of,
    take,
    saving,
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
