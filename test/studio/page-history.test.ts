/** One undo for all that somebody did, however long what the server takes part in takes. */
import { describe, expect, it } from 'vitest';
import { createHistory, type Step } from '../../src/studio/page/state/history.ts';

/** A history, and steps that write down what happens; those with a gate wait for it. */
function written() {
  const log: string[] = [];
  const step = (words: string, gate: Promise<void> | void = undefined): Step => ({
    words,
    about: words,
    async undo() {
      log.push(`undo ${words}`);
      await gate;
      log.push(`undone ${words}`);
    },
    async redo() {
      log.push(`redo ${words}`);
      await gate;
      log.push(`done ${words}`);
    },
  });
  return { history: createHistory(), log, step };
}
const words = (step: Step | null) => step?.words ?? null;
/** Until what was asked for goes on. */
const begun = () => new Promise((resolve) => setTimeout(resolve));

function gated() {
  let open = () => {};
  const promise = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { promise, open: () => open() };
}

describe('the history', () => {
  it('takes back and does again, the last first, and forgets what was undone once something new is done', async () => {
    const { history, step } = written();
    for (const name of ['a', 'b']) history.did(step(name));
    expect([words(await history.undo()), words(await history.undo()), await history.undo()]).toEqual([
      'b',
      'a',
      null,
    ]);
    expect(words(await history.redo())).toBe('a');
    history.did(step('c'));
    expect([await history.redo(), words(await history.undo()), words(await history.undo())]).toEqual([
      null,
      'c',
      'a',
    ]);
  });

  it('keeps the order where something is done while a step is being taken back', async () => {
    const { history, step } = written();
    const gate = gated();
    history.did(step('a', gate.promise));
    const undoing = history.undo();
    await begun();
    history.did(step('b'));
    gate.open();
    expect(words(await undoing)).toBe('a');
    expect([await history.redo(), words(await history.undo()), await history.undo()]).toEqual([
      null,
      'b',
      null,
    ]);
  });

  it('keeps the order where that fails', async () => {
    const { history, step } = written();
    const gate = gated();
    let isFailing = true;
    history.did({
      ...step('a'),
      async undo() {
        await gate.promise;
        if (isFailing) throw new Error('The server does not answer.');
      },
    });
    const undoing = history.undo();
    await begun();
    history.did(step('b'));
    gate.open();
    await expect(undoing).rejects.toThrow('The server does not answer.');
    isFailing = false;
    expect([words(await history.undo()), words(await history.undo())]).toEqual(['b', 'a']);
  });

  it('forgets a step that is being taken back', async () => {
    const { history, step } = written();
    const gate = gated();
    const a = step('a', gate.promise);
    history.did(a);
    const undoing = history.undo();
    await begun();
    history.forget(a);
    gate.open();
    await undoing;
    expect(await history.redo()).toBeNull();
  });

  it('begins a step in its turn, and makes it one with what follows from it', async () => {
    const { history, log, step } = written();
    const gates = [gated(), gated()];
    history.did(step('a', gates[0].promise));
    const undoing = history.undo();
    const beginning = history.begin('b and c', step('b', gates[1].promise), () => history.did(step('c')));
    const undoingBoth = history.undo();
    gates[0].open();
    await undoing;
    await begun();
    expect(log).toEqual(['undo a', 'undone a', 'redo b']);
    gates[1].open();
    await beginning;
    expect(words(await undoingBoth)).toBe('b and c');
    expect(log.slice(3)).toEqual(['done b', 'undo c', 'undone c', 'undo b', 'undone b']);
  });

  it('notes nothing where the beginning fails', async () => {
    const { history, step } = written();
    history.did(step('a'));
    const failing = { ...step('b'), redo: () => Promise.reject(new Error('no')) };
    let isRun = false;
    const run = () => {
      isRun = true;
    };
    await expect(history.begin('b', failing, run)).rejects.toThrow('no');
    expect([isRun, words(await history.undo())]).toEqual([false, 'a']);
  });
});
