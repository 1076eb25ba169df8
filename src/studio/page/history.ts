/** What somebody did, each with what takes it back: one undo for decisions, the tray and layers alike. */

export interface Step {
  /** What was done, as `journeys end, pad 03 kept`. */
  readonly words: string;
  /** The texture that it was done to; null where it was several or none. */
  readonly about: string | null;
  undo(): void;
  redo(): void;
}

export interface History {
  /** Notes what was done just now; what was undone before cannot be done again then. */
  did(step: Step): void;
  /** What is noted while something runs becomes one step. */
  together(words: string, run: () => void): void;
  /** @returns what was taken back; null where nothing is left to */
  undo(): Step | null;
  /** @returns what was done again; null where nothing was undone */
  redo(): Step | null;
  /** As if it had never been done. */
  forget(step: Step): void;
}

/** Steps that are kept: an evening's. */
const MOST = 1000;

export function createHistory(): History {
  let done: Step[] = [];
  let undone: Step[] = [];
  /** Collects what becomes one step. */
  let group: Step[] | null = null;

  function did(step: Step): void {
    if (group) {
      group.push(step);
      return;
    }
    done = [...done, step].slice(-MOST);
    undone = [];
  }
  return {
    did,
    together(words, run) {
      const steps: Step[] = [];
      group = steps;
      try {
        run();
      } finally {
        group = null;
        if (steps.length > 0) did(joined(words, steps));
      }
    },
    undo() {
      const step = done.pop() ?? null;
      if (!step) return null;
      step.undo();
      undone.push(step);
      return step;
    },
    redo() {
      const step = undone.pop() ?? null;
      if (!step) return null;
      step.redo();
      done.push(step);
      return step;
    },
    forget(step) {
      done = done.filter((one) => one !== step);
      undone = undone.filter((one) => one !== step);
    },
  };
}

function joined(words: string, steps: readonly Step[]): Step {
  return {
    words,
    about: steps.length === 1 ? steps[0].about : null,
    undo: () => {
      for (const step of steps.toReversed()) step.undo();
    },
    redo: () => {
      for (const step of steps) step.redo();
    },
  };
}
