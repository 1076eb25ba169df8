/** Loaded before a program (`node --import`): tells at its end what the process took, all its threads together. */
import { writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

if (isMainThread) {
  process.on('exit', () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    const usage = { cpuSec: (userCPUTime + systemCPUTime) / 1e6, peakMB: maxRSS / 1024 };
    writeFileSync(process.env.AFTERGLOW_BENCH_USAGE, JSON.stringify(usage));
  });
}
