import { availableParallelism, freemem } from 'node:os';
import type { Machine } from '../platform.ts';

/** What this machine has, or the container that it is. */
export function nodeMachine(): Machine {
  // Undefined or 0 where there is no bound; some systems give a number beyond all memory.
  const bound = process.constrainedMemory?.() || Number.POSITIVE_INFINITY;
  const freeBytes = Math.min(freemem(), bound - process.memoryUsage.rss());
  return { cores: availableParallelism(), freeBytes: Math.max(0, freeBytes) };
}
