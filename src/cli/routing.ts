/** What sources were taken for, in words. */
import type { SourceRoute } from '../engine/source-routes.ts';
import type { BatchListener } from '../palette/batch-request.ts';
import { counted } from '../wording/counted.ts';
import { routeWords } from '../wording/routes.ts';
import { printable, type Terminal } from './terminal.ts';

/** Each kind as one is called; `what` of a song. */
const WORDS: Record<SourceRoute['kind'], string> = {
  song: 'song',
  tonal: 'tonal sound',
  drum_loop: 'drum loop',
  hit: 'hit',
  noise: 'noise',
  speech: 'speech recording',
  skip: 'skipped',
  unknown: 'unknown',
};
const UNCOUNTED: readonly SourceRoute['kind'][] = ['noise', 'skip', 'unknown'];

/**
 * Reports that sounds are analysed, and what they are.
 * @param each receives a line for every source
 * @param more where these lines are to be had, if they are not shown
 */
export function routing(
  terminal: Terminal,
  each: (line: string) => void,
  more = '',
): Required<Pick<BatchListener, 'analysing' | 'routed'>> {
  return {
    analysing(done, all) {
      if (done === 0) terminal.info(`analysing ${counted(all, 'sound')} to sort them`);
      terminal.live(`[*] analysing: ${done} of ${all}`);
    },
    routed(routes) {
      terminal.live('');
      for (const route of routes) each(routeLine(route));
      const counts = (Object.keys(WORDS) as SourceRoute['kind'][])
        .map((kind) => [kind, routes.filter((route) => route.kind === kind).length] as const)
        .filter(([, count]) => count > 0)
        .map(([kind, count]) =>
          UNCOUNTED.includes(kind) ? `${count} ${WORDS[kind]}` : counted(count, WORDS[kind]),
        );
      if (counts.length > 0) terminal.info(`sorted by kind: ${counts.join(', ')}${more}`);
    },
  };
}

/** `a/take.wav: hit, since one attack, over within 0.3 s (87 %): mine-drums`. */
function routeLine({ source, kind, by, confidence, reason, phases }: SourceRoute): string {
  const sure = confidence === null ? '' : ` (${Math.round(100 * confidence)} % sure)`;
  const why = by === 'config' ? `as ${routeWords(reason)} says` : routeWords(reason);
  const where = phases.length === 0 ? '' : ` → ${phases.join(', ')}`;
  return `${printable(source)}: ${WORDS[kind]}${sure}, ${printable(why)}${where}`;
}
