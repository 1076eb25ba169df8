/** The program of all workers of `afterglow.html`: what one is to be, its first message says. */
import { serveJobs } from '../../platform/browser/job-worker.ts';
import type { Role } from './messages.ts';
import { serveStudio } from './studio-worker.ts';

addEventListener('message', ({ data }: MessageEvent<Role>) => begin(data), { once: true });
// What is sent before a module's end gets lost in browsers, so the page waits for this.
postMessage({ ready: true });

function begin(role: Role): void {
  if (role.role === 'jobs') serveJobs(role.port, role.id);
  else void serveStudio(role);
}
