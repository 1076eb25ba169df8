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
import type { Shelf } from './export-index.ts';
import type { Jobs } from './jobs.ts';
import type { Found, Library } from './library.ts';
import { badRequest, notFound, Refusal } from './request-error.ts';

export interface Kits {
  profiles(): Promise<ProfilesAnswer>;
  /** @throws ConfigError where the name leaves no room; Refusal */
  plan(request: KitPlanRequest): Promise<KitPlanAnswer>;
  /** @throws Refusal where one is there already; as `makeKit` */
  make(request: KitRequest): Promise<KitAnswer>;
}

/** @param folder paths are shown as seen from here */
export function openKits(library: Library, jobs: Jobs, folder: string): Kits {
  const wishOf = async ({ profile, name, ids }: KitPlanRequest) => {
    // Never a path: those are for the command line.
    if (!profileNames().includes(profile)) throw notFound('There is no such device profile.');
    const found = ids.map((id) => library.find(id));
    const shelf = shelfOf(found, library);
    const chosen = found.map(({ texture, decision }) => ({
      path: texture.path,
      ...(decision.name === undefined ? {} : { name: decision.name }),
    }));
    const { exportFolder, exportRoot } = shelf;
    const idOf = new Map(found.map(({ texture, shown }) => [texture.path, shown.id]));
    const request = { exportFolder, exportRoot, name, chosen, profile: await readProfile(profile) };
    return { shelf, request, idOf: (texture: { path: string }) => idOf.get(texture.path)! };
  };
  return {
    async profiles() {
      const profiles = await Promise.all(profileNames().map(readProfile));
      return { profiles: profiles.map(shownProfile) };
    },
    async plan(wish) {
      const { request, idOf } = await wishOf(wish);
      const { name, slots, leftOut, used, limits } = await foreseeKit(request);
      const at = kitFolder(request);
      return {
        ...{ name, used, limits },
        slots: slots.map(({ texture, file, size }) => ({ id: idOf(texture), file, size })),
        leftOut: leftOut.map(({ texture, reason }) => ({ id: idOf(texture), reason })),
        folder: shownPath(at, folder),
        isThere: isTaken(at),
      };
    },
    async make(wish) {
      const { shelf, request, idOf } = await wishOf(wish);
      const force = wish.force ?? false;
      const at = shownPath(kitFolder(request), folder);
      if (!force && isTaken(kitFolder(request))) {
        throw new Refusal(
          409,
          'needs-force',
          `A kit is there already, in “${at}”; replace it, or choose another name.`,
        );
      }
      const title = `the kit ${wish.name}`;
      const made = await jobs.start(
        { kind: 'kit', export: shelf.facts.id, title },
        async ({ signal, report }) => {
          const kit = await makeKit({ ...request, force, signal }, (done, all) =>
            report({ share: done / Math.max(1, all), made: done, message: `${done} of ${all} samples` }),
          );
          return { ...kit, message: `The kit is in “${at}”.` };
        },
      );
      return {
        folder: at,
        files: made.files.map(({ texture, file, durationSec, adaptations }) => ({
          ...{ id: idOf(texture), file, durationSec, adaptations },
        })),
        leftOut: made.leftOut.map(({ texture, reason }) => ({ id: idOf(texture), reason })),
        ...{ used: made.used, limits: made.limits },
      };
    },
  };
}

function shownProfile(profile: Profile): ProfilesAnswer['profiles'][number] {
  const { id, device, loading = null, longest_sample_sec } = profile;
  const limits: KitSize<number | null> = planKit([], profile, 'KIT').limits;
  return { id, device, loading, limits, longestSampleSec: longest_sample_sec.value };
}

/** A kit lies in one export, with paths from there. @throws Refusal */
function shelfOf(found: readonly Found[], library: Library): Shelf {
  const shelves = new Set(found.map(({ shelf }) => shelf));
  if (shelves.size > 1) throw badRequest('A kit takes textures of one export folder; these are of several.');
  return [...shelves][0] ?? library.shelves()[0];
}

function isTaken(folder: string): boolean {
  return existsSync(folder) && readdirSync(folder).length > 0;
}
