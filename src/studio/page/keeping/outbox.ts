/** Changes on their way to the server, in the order in which they were made; one batch at a time. */
import type { DecisionChange, DecisionsAnswer } from '../../protocol.ts';
import { postDecisions } from '../backend/api.ts';
import type { Unanswered } from '../backend/backend.ts';
import { createSignal, type Signal } from '../state/signal.ts';

/** Until a server that did not answer is asked again, ms. */
const AGAIN_MS = 2000;
/** What the server takes at once. */
const MOST_AT_ONCE = 1000;

export type Saving =
  | { readonly state: 'saving' }
  /** With what else is to be said of it. */
  | { readonly state: 'saved'; readonly message?: string }
  /** Kept here, and sent again; or rejected and taken back. */
  | { readonly state: 'waiting' | 'rejected'; readonly message: string };

export interface Outbox {
  add(change: DecisionChange): void;
  /** Whether a change of this texture was not answered yet. */
  holds(id: string): boolean;
  /** Once all that was added is answered. @throws Error with a sentence where the server does not answer now */
  settled(): Promise<void>;
  readonly saving: Signal<Saving>;
}

/**
 * @param onSaved receives what the server has saved
 * @param onRejected receives what it has not
 */
export function createOutbox(
  onSaved: (saved: DecisionsAnswer['saved']) => void,
  onRejected: (changes: readonly DecisionChange[]) => void,
): Outbox {
  const saving = createSignal<Saving>({ state: 'saved' });
  let waiting: DecisionChange[] = [];
  let sent: readonly DecisionChange[] = [];
  let sending = Promise.resolve();
  let isSending = false;
  /** Of what is sent again; 0 where nothing is. */
  let timer = 0;

  /** @returns false where the server does not answer now */
  async function sendSome(): Promise<boolean> {
    sent = waiting.slice(0, MOST_AT_ONCE);
    waiting = waiting.slice(MOST_AT_ONCE);
    saving.set({ state: 'saving' });
    try {
      const { saved, warning } = await postDecisions({ changes: sent });
      sent = [];
      onSaved(saved);
      saving.set(warning === null ? { state: 'saved' } : { state: 'saved', message: warning });
    } catch (error) {
      const { code, message } = error as Unanswered;
      const unanswered = sent;
      sent = [];
      // A server that was started again knows this page only once its address was opened.
      if (code === 'offline' || code === 'unauthorised') {
        waiting = [...unanswered, ...waiting];
        saving.set({ state: 'waiting', message });
        return false;
      }
      onRejected(unanswered);
      saving.set({ state: 'rejected', message });
    }
    return true;
  }
  async function send(): Promise<void> {
    isSending = true;
    let isAnswered = true;
    try {
      while (isAnswered && waiting.length > 0) isAnswered = await sendSome();
    } finally {
      isSending = false;
    }
    if (!isAnswered) timer = window.setTimeout(begin, AGAIN_MS);
  }
  /** Sends what waits, unless it is being sent: never two batches at once. */
  function begin(): void {
    window.clearTimeout(timer);
    timer = 0;
    if (!isSending) sending = send();
  }
  window.addEventListener('beforeunload', (event) => {
    if (waiting.length + sent.length > 0) event.preventDefault();
  });
  return {
    saving,
    holds: (id) => [...sent, ...waiting].some((change) => change.id === id),
    add(change) {
      waiting.push(change);
      // A server that did not answer is left in peace for a while.
      if (timer === 0) begin();
    },
    async settled() {
      begin();
      await sending;
      const state = saving.get();
      if (state.state === 'waiting') throw new Error(state.message);
    },
  };
}
