/**
 * What helpers make for a file of tests, and who clears it up. Several files share a process and its modules, so a hook that a
 * helper sets where it is imported holds for the first of them alone.
 */

const waiting: (() => Promise<void>)[] = [];

/** Does something once all tests of the present file are done; what was asked for last comes first. */
export function afterFile(clear: () => Promise<void>): void {
  waiting.push(clear);
}

/** For `setup.ts`, which runs anew for every file. */
export async function clearUp(): Promise<void> {
  const failures: unknown[] = [];
  while (waiting.length > 0) await waiting.pop()!().catch((failure) => failures.push(failure));
  if (failures.length > 0)
    throw new AggregateError(failures, 'What a file of tests left was not cleared up.');
}
