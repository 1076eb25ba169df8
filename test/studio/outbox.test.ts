/** Decisions on their way to a server that answers late, or not at all. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Backend, Unanswered, useBackend } from '../../src/studio/page/backend/backend.ts';
import { createOutbox, type Outbox } from '../../src/studio/page/keeping/outbox.ts';
import type { DecisionsRequest } from '../../src/studio/protocol.ts';

/** A server whose answers the test gives. */
function server() {
  const asked: { ids: readonly string[]; answer(): void; lose(): void }[] = [];
  let underWay = 0;
  let mostUnderWay = 0;
  const backend: Pick<Backend, 'ask'> = {
    ask: (_, body) =>
      new Promise((resolve, reject) => {
        mostUnderWay = Math.max(mostUnderWay, ++underWay);
        const { changes } = JSON.parse(body!) as DecisionsRequest;
        const saved = changes.map(({ id }) => ({ id, decision: {}, before: {} }));
        const bytes = new TextEncoder().encode(
          JSON.stringify({ revision: 'r', saved, warning: null }),
        ).buffer;
        asked.push({
          ids: changes.map(({ id }) => id),
          answer() {
            underWay--;
            resolve({ bytes, header: () => null });
          },
          lose() {
            underWay--;
            reject(new Unanswered('offline', 'The studio does not answer.'));
          },
        });
      }),
  };
  useBackend(backend as Backend);
  return { asked, most: () => mostUnderWay };
}

/** Lets promises go on, not the clock. */
const goOn = () => vi.advanceTimersByTimeAsync(0);

describe('the outbox', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    const { setTimeout, clearTimeout } = globalThis;
    vi.stubGlobal('window', Object.assign(new EventTarget(), { setTimeout, clearTimeout }));
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });
  const opened = (onSaved: (outbox: Outbox) => void = () => {}) => {
    const outbox: Outbox = createOutbox(
      () => onSaved(outbox),
      () => {},
    );
    return outbox;
  };
  const keep = (outbox: Outbox, id: string) => outbox.add({ id, decision: 'keep' });

  it('sends one batch after the other, in order', async () => {
    const { asked, most } = server();
    const outbox = opened();
    for (const id of ['a', 'b', 'c']) keep(outbox, id);
    expect(asked.map(({ ids }) => ids)).toEqual([['a']]);
    asked[0].answer();
    await goOn();
    expect(asked.map(({ ids }) => ids)).toEqual([['a'], ['b', 'c']]);
    asked[1].answer();
    await outbox.settled();
    expect([most(), outbox.saving.get().state, outbox.holds('c')]).toEqual([1, 'saved', false]);
  });

  it('sends one batch at once, also where what is saved brings more than one batch holds', async () => {
    const { asked, most } = server();
    let isFirst = true;
    const outbox = opened((own) => {
      if (isFirst) for (let i = 0; i < 1500; i++) keep(own, `${i}`);
      isFirst = false;
    });
    keep(outbox, 'a');
    for (let i = 0; i < 4; i++) {
      asked[i]?.answer();
      await goOn();
    }
    expect(most()).toBe(1);
    expect(asked.flatMap(({ ids }) => ids)).toEqual(['a', ...Array.from({ length: 1500 }, (_, i) => `${i}`)]);
  });

  it('asks at once where somebody waits for it, and not a second time when its time comes', async () => {
    const { asked, most } = server();
    const outbox = opened();
    keep(outbox, 'a');
    asked[0].lose();
    await goOn();
    expect(outbox.saving.get().state).toBe('waiting');
    keep(outbox, 'b');
    expect(asked).toHaveLength(1);
    const settled = outbox.settled();
    expect(asked[1].ids).toEqual(['a', 'b']);
    await vi.advanceTimersByTimeAsync(10_000);
    expect([asked.length, most()]).toEqual([2, 1]);
    asked[1].answer();
    await settled;
    await vi.advanceTimersByTimeAsync(10_000);
    expect([asked.length, outbox.saving.get().state]).toEqual([2, 'saved']);
  });

  it('says so where there is no answer, and asks again after a while', async () => {
    const { asked } = server();
    const outbox = opened();
    keep(outbox, 'a');
    asked[0].lose();
    await vi.advanceTimersByTimeAsync(1000);
    const settled = outbox.settled();
    asked[1].lose();
    await expect(settled).rejects.toThrow('The studio does not answer.');
    // Counted from the last time that it was asked.
    await vi.advanceTimersByTimeAsync(1500);
    expect(asked).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(500);
    expect(asked[2].ids).toEqual(['a']);
    asked[2].answer();
    await outbox.settled();
  });
});
