/** Kits from the page: planned and made by what the command `kit` plans and makes. */
import { existsSync, readdirSync } from 'node:fs';
import { shownPath } from '../../engine/shown-path.ts';
import { planKit } from '../../kits/plan.ts';
import type { Profile } from '../../kits/profile.ts';
import { foreseeKit, kitFolder, makeKit } from '../../palette/kit.ts';
import { profileNames, readProfile } from '../../palette/profiles.ts';
import type {
  KitAnswer,
  KitPlanAnswer,
  KitPlanRequest,
  KitRequest,
  KitSize,
  ProfilesAnswer,
} from '../protocol.ts';
import type { ExportIndex } from './export-index.ts';
import type { Jobs } from './jobs.ts';
import type { Found, Library } from './library.ts';
import { badRequest, notFound, RequestError } from './request-error.ts';

export interface Kits {
  profiles(): Promise<ProfilesAnswer>;
  /** @throws ConfigError where the name leaves no room; RequestError */
  plan(request: KitPlanRequest): Promise<KitPlanAnswer>;
  /** @throws RequestError where one is there already; as `makeKit` */
  make(request: KitRequest): Promise<KitAnswer>;
}

/** @param folder paths are shown as seen from here */
export function openKits(library: Library, jobs: Jobs, folder: string): Kits {
  return {
    async profiles() {
      const profiles = await Promise.all(profileNames().map(readProfile));
      return { profiles: profiles.map(shownProfile) };
    },
    async plan(asked) {
      const { request, idOf } = await requestOf(asked, library);
      const { name, slots, leftOut, used, limits } = await foreseeKit(request);
      const at = kitFolder(request);
      return {
        name,
        slots: slots.map(({ texture, file, size }) => ({ id: idOf(texture), file, size })),
        leftOut: leftOut.map(({ texture, reason }) => ({ id: idOf(texture), reason })),
        used,
        limits,
        folder: shownPath(at, folder),
        isThere: isTaken(at),
      };
    },
    async make(asked) {
      const { exportIndex, request, idOf } = await requestOf(asked, library);
      const force = asked.force ?? false;
      const at = shownPath(kitFolder(request), folder);
      if (!force && isTaken(kitFolder(request))) throw isThereAlready(at);
      const job = { kind: 'kit', export: exportIndex.facts.id, title: `the kit ${asked.name}` } as const;
      const made = await jobs.start(job, async ({ signal, report }) => {
        const kit = await makeKit({ ...request, force, signal }, (done, all) =>
          report({ share: done / Math.max(1, all), made: done, message: `${done} of ${all} samples` }),
        );
        return { ...kit, message: `The kit is in “${at}”.` };
      });
      return {
        folder: at,
        files: made.files.map(({ texture, file, durationSec, adaptations }) => {
          return { id: idOf(texture), file, durationSec, adaptations };
        }),
        leftOut: made.leftOut.map(({ texture, reason }) => ({ id: idOf(texture), reason })),
        used: made.used,
        limits: made.limits,
      };
    },
  };
}

/** What the palette is asked for, in which export, and how its answer leads back to the page's ids. @throws RequestError */
async function requestOf({ profile, name, ids }: KitPlanRequest, library: Library) {
  // Never a path: those are for the command line.
  if (!profileNames().includes(profile)) throw notFound('There is no such device profile.');
  const found = ids.map((id) => library.find(id));
  const exportIndex = exportIndexOf(found, library);
  const chosen = found.map(({ texture, decision }) => ({
    path: texture.path,
    ...(decision.name === undefined ? {} : { name: decision.name }),
  }));
  const { exportFolder, exportRoot } = exportIndex;
  const idByPath = new Map(found.map(({ texture, shown }) => [texture.path, shown.id]));
  const request = { exportFolder, exportRoot, name, chosen, profile: await readProfile(profile) };
  return { exportIndex, request, idOf: (texture: { path: string }) => idByPath.get(texture.path)! };
}

function isThereAlready(at: string): RequestError {
  const message = `A kit is there already, in “${at}”; replace it, or choose another name.`;
  return new RequestError(409, 'needs-force', message);
}

function shownProfile(profile: Profile): ProfilesAnswer['profiles'][number] {
  const { id, device, loading = null, longest_sample_sec } = profile;
  const limits: KitSize<number | null> = planKit([], profile, 'KIT').limits;
  return { id, device, loading, limits, longestSampleSec: longest_sample_sec.value };
}

/** A kit lies in one export, with paths from there. @throws RequestError */
function exportIndexOf(found: readonly Found[], library: Library): ExportIndex {
  const all = new Set(found.map(({ exportIndex }) => exportIndex));
  if (all.size > 1) throw badRequest('A kit takes textures of one export folder; these are of several.');
  return [...all][0] ?? library.exportIndexes()[0];
}

function isTaken(folder: string): boolean {
  return existsSync(folder) && readdirSync(folder).length > 0;
}
