/** What somebody did, each with what takes it back: one undo for decisions, the tray, layers and versions alike. */

export interface Step {
  /** What was done, as `journeys end, pad 03 kept`. */
  readonly words: string;
  /** The texture that it was done to; null where it was several or none. */
  readonly about: string | null;
  /** What the server takes part in takes a while. */
  undo(): void | Promise<void>;
  redo(): void | Promise<void>;
}

/** All of it happens in the order in which it is asked for, however long a step takes. */
export interface History {
  /** Notes what was done just now; what was undone before cannot be done again then. */
  did(step: Step): void;
  /** What is noted while something runs becomes one step. */
  together(words: string, run: () => void): void;
  /**
   * Does a step for the first time, and then what is noted while something runs; both become one step.
   * @throws what the step throws: nothing was done then
   */
  begin(words: string, step: Step, run: () => void): Promise<void>;
  /**
   * @returns what was taken back; null where nothing is left to
   * @throws Error with a sentence: it is as it was before, and can be tried again
   */
  undo(): Promise<Step | null>;
  /** @returns what was done again; null where nothing was undone @throws as {@link undo} */
  redo(): Promise<Step | null>;
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
  let last: Promise<unknown> = Promise.resolve();

  function inTurn<Result>(work: () => Result | Promise<Result>): Promise<Result> {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  }
  function note(step: Step): void {
    done = [...done, step].slice(-MOST);
    undone = [];
  }
  function did(step: Step): void {
    if (group) group.push(step);
    else void inTurn(() => note(step));
  }
  /** Adds what is noted while something runs to steps. */
  function collect(steps: Step[], run: () => void): void {
    group = steps;
    try {
      run();
    } finally {
      group = null;
    }
  }
  /** Takes the last step of one list, does what is to be done with it, and puts it on the other. */
  async function move(way: 'undo' | 'redo'): Promise<Step | null> {
    const step = (way === 'undo' ? done : undone).pop() ?? null;
    if (!step) return null;
    try {
      await step[way]();
      (way === 'undo' ? undone : done).push(step);
    } catch (error) {
      (way === 'undo' ? done : undone).push(step);
      throw error;
    }
    return step;
  }
  return {
    did,
    together(words, run) {
      const steps: Step[] = [];
      try {
        collect(steps, run);
      } finally {
        if (steps.length > 0) did(joined(words, steps));
      }
    },
    begin: (words, step, run) =>
      inTurn(async () => {
        await step.redo();
        const steps = [step];
        try {
          collect(steps, run);
        } finally {
          note(joined(words, steps));
        }
      }),
    undo: () => inTurn(() => move('undo')),
    redo: () => inTurn(() => move('redo')),
    forget(step) {
      void inTurn(() => {
        done = done.filter((one) => one !== step);
        undone = undone.filter((one) => one !== step);
      });
    },
  };
}

function joined(words: string, steps: readonly Step[]): Step {
  return {
    words,
    about: steps.length === 1 ? steps[0].about : null,
    undo: () => wholly(steps.toReversed(), 'undo', 'redo'),
    redo: () => wholly(steps, 'redo', 'undo'),
  };
}

/** One after the other; where one fails, those before it are taken back, so that nothing is half done. */
async function wholly(steps: readonly Step[], way: 'undo' | 'redo', back: 'undo' | 'redo'): Promise<void> {
  for (const [i, step] of steps.entries()) {
    try {
      await step[way]();
    } catch (error) {
      for (const before of steps.slice(0, i).toReversed()) await before[back]();
      throw error;
    }
  }
}
