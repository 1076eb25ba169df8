/** Looks after changes of the export folders, and reads again what changed. */
import { type ExportIndex, readExportIndex, type StudioExport, stampsOf } from './export-index.ts';
import type { StudioMachine } from './studio-machine.ts';

/** How often the files are looked at, ms: some file systems report no changes. */
const POLL_MS = 1000;
/** An export that a run writes to all the time is read again at most this often, as a multiple of what reading takes. */
const REST = 5;
/**
 * And in ms: at each reading the map lays all drops out once more and moves them for a second. In afterglow.html drawing took 38 of 255
 * CPU seconds of an hour of songs when it did so every second.
 */
const LEAST_REST_MS = 4000;

export interface Refresher {
  /** Looks now whether something changed. */
  refresh(): Promise<void>;
  close(): Promise<void>;
}

/**
 * @param machine says so where it can; what it does not say is found by looking
 * @param sites the exports, in the order of the indexes
 * @param all what was read of them; what is read again takes its place there
 * @param onChange called after that
 */
export function createRefresher(
  { platform, watch }: Pick<StudioMachine, 'platform' | 'watch'>,
  sites: readonly StudioExport[],
  all: ExportIndex[],
  onChange: (before: ExportIndex, after: ExportIndex) => void,
): Refresher {
  const notBefore = sites.map(() => 0);
  const refreshOne = async (place: number, mayRest: boolean): Promise<void> => {
    const before = all[place];
    const now = await stampsOf(platform, before);
    const isOther = now.palette !== before.stamps.palette;
    if (!isOther && now.decisions === before.stamps.decisions) return;
    const started = performance.now();
    if (mayRest && isOther && started < notBefore[place]) return;
    const fresh = await readExportIndex(platform, sites[place]);
    const done = performance.now();
    notBefore[place] = done + Math.max(LEAST_REST_MS, REST * (done - started));
    // A decision that was saved while this was read knows better.
    if (all[place] !== before) return;
    all[place] = fresh;
    onChange(before, fresh);
  };
  let last: Promise<void> = Promise.resolve();
  const refresh = (mayRest: boolean): Promise<void> => {
    const turn = last.then(async () => {
      for (const place of all.keys()) await refreshOne(place, mayRest);
    });
    last = turn.catch(() => undefined);
    return turn;
  };
  const look = () => void refresh(true).catch(() => undefined);
  const timer = setInterval(look, POLL_MS);
  const watchers = sites.map(({ exportFolder }) => watch(exportFolder, look));
  return {
    refresh: () => refresh(false),
    async close() {
      clearInterval(timer);
      for (const end of watchers) end();
      await last;
    },
  };
}
