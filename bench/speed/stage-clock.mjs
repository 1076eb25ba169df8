/**
 * CPU time of a process by stage. A stage that begins inside another stops that one's clock until it is over, so the
 * stages add up to the whole. Right as long as one thing is done after the other, as in a run in its own thread.
 */

const spent = new Map();
const running = ['other'];
let since = cpuSeconds();

/** CPU seconds of this process so far: all its threads, so the compiler's and the collector's too. */
export function cpuSeconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** CPU seconds a stage since the start or the last call. */
export function takeStages() {
  settle();
  const stages = Object.fromEntries(spent);
  spent.clear();
  return stages;
}

/** A function whose time, until its promise is settled should it give one, counts for a stage. */
export function timed(stage, work) {
  return function (...given) {
    enter(stage);
    let result;
    try {
      result = work.apply(this, given);
    } catch (error) {
      leave();
      throw error;
    }
    if (typeof result?.then === 'function') return result.finally(leave);
    leave();
    return result;
  };
}

/** A function that opens something to be read: the opening and every `read` count for the stage. */
export function timedReader(stage, open) {
  const withTimedRead = (opened) => ({ ...opened, read: timed(stage, (...range) => opened.read(...range)) });
  const opening = timed(stage, open);
  return (...given) => {
    const opened = opening(...given);
    return typeof opened?.then === 'function' ? opened.then(withTimedRead) : withTimedRead(opened);
  };
}

/** A function that gives things one after the other: the making of each counts for the stage. */
export function timedIterable(stage, make) {
  return (...given) => {
    const made = make(...given);
    const iterator = made[Symbol.asyncIterator]?.() ?? made[Symbol.iterator]();
    const next = timed(stage, () => iterator.next());
    const finish = timed(stage, async (value) => (await iterator.return?.(value)) ?? { done: true, value });
    return { [Symbol.asyncIterator]: () => ({ next: async () => next(), return: finish }) };
  };
}

function enter(stage) {
  settle();
  running.push(stage);
}

function leave() {
  settle();
  running.pop();
}

function settle() {
  const now = cpuSeconds();
  const stage = running[running.length - 1];
  spent.set(stage, (spent.get(stage) ?? 0) + now - since);
  since = now;
}
