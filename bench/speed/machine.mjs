/** What is measured, where and when. */
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';

export function machine() {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  return {
    version,
    machine: `${cpus()[0].model.trim()}, ${availableParallelism()} cores, Node ${process.versions.node}`,
    date: new Date().toISOString().slice(0, 10),
  };
}
