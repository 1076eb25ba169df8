/** How far a run is. */

import { stemOf } from '../../curation/texture-path.ts';
import type { RunEvent } from '../../engine/events.ts';
import type { Plan } from '../../engine/task.ts';
import { readable, titleOf } from '../../report/title.ts';

/** The share of a source's work that is its analysis. */
const ANALYSIS_SHARE = 0.3;

/** How many textures were made, each once, through all runs of a job. */
interface MadeCount {
  add(path: string): void;
  count(): number;
}

/** @param isCounted which count, by their paths in the export */
export function countMade(isCounted: (path: string) => boolean): MadeCount {
  const made = new Set<string>();
  return {
    add(path) {
      if (isCounted(path)) made.add(path);
    },
    count: () => made.size,
  };
}

/** Turns a run's events into progress, in words that name songs and textures as one reads them. */
export function progress(
  { tasks }: Plan,
  report: (change: { share?: number; message?: string; made?: number }) => void,
  made: MadeCount = countMade(() => true),
): (event: RunEvent) => void {
  const shares = new Map<string, number>();
  const names = new Map(tasks.map(({ source, name }) => [source, name]));
  const nameOf = (source: string) => names.get(source) ?? stemOf(source);
  const titled = (source: string) => readable(nameOf(source));
  const makers = new Map(tasks.map((task) => [task.source, task.makers.length]));
  const reached = (source: string, share: number, message: string) => {
    shares.set(source, Math.max(share, shares.get(source) ?? 0));
    const sum = [...shares.values()].reduce((total, one) => total + one, 0);
    report({ share: Math.min(1, sum / Math.max(1, tasks.length)), message, made: made.count() });
  };
  const done = new Map<string, number>();
  return (event) => {
    switch (event.kind) {
      case 'analysing':
        reached(event.source, ANALYSIS_SHARE * event.share, `listening to ${titled(event.source)}`);
        break;
      case 'texture-made':
        made.add(event.texture.path);
        reached(event.source, 0, titleOf(stemOf(event.texture.path), nameOf(event.source)).title);
        break;
      case 'making-done': {
        const count = (done.get(event.source) ?? 0) + 1;
        done.set(event.source, count);
        const share = ANALYSIS_SHARE + ((1 - ANALYSIS_SHARE) * count) / (makers.get(event.source) ?? 1);
        reached(event.source, share, titled(event.source));
        break;
      }
      case 'source-done':
        reached(event.source, 1, titled(event.source));
        break;
      default:
    }
  };
}
