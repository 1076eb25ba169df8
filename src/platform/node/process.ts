import { threadId } from 'node:worker_threads';
import type { OwnProcess } from '../platform.ts';

let given = 0;

export const nodeProcess: OwnProcess = {
  id: process.pid,
  async isRunning(id) {
    try {
      process.kill(id, 0);
      return true;
    } catch (cause) {
      // Another user's process cannot be signalled, but it is there.
      return (cause as NodeJS.ErrnoException).code === 'EPERM';
    }
  },
  uniqueName: () => `${process.pid}-${threadId}-${given++}`,
  locks: new Set(),
};
