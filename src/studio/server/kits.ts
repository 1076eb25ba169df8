/** Kits from the page: planned and made by what the command `kit` plans and makes. */
import { existsSync, readdirSync } from 'node:fs';
import { shownPath } from '../../engine/shown-path.ts';
import { type KitResult, kitFolder, makeKit, previewKit } from '../../palette/kit.ts';
import { profileNames, readProfile } from '../../palette/profiles.ts';
import { nodePlatform } from '../../platform/node/platform.ts';
import { limitsOf } from '../../targets/device-plan.ts';
import type { LeftOut } from '../../targets/plan.ts';
import type { Profile } from '../../targets/profile.ts';
import { adaptationText, leftOutText } from '../../wording/kits.ts';
import type {
  KitAnswer,
  KitPlanAnswer,
  KitPlanRequest,
  KitRequest,
  KitSize,
  ProfilesAnswer,
} from '../protocol.ts';
import type { Jobs } from './jobs.ts';
import type { Found, Library } from './library.ts';
import { badRequest, notFound, Refusal } from './refusal.ts';
import type { Shelf } from './shelf.ts';

export interface Kits {
  profiles(): Promise<ProfilesAnswer>;
  /** @throws ConfigError where the name leaves no room; Refusal */
  plan(request: KitPlanRequest): Promise<KitPlanAnswer>;
  /** @throws Refusal where one is there already; as `makeKit` */
  make(request: KitRequest): Promise<KitAnswer>;
}

/** @param folder paths are shown as seen from here */
export function openKits(library: Library, jobs: Jobs, folder: string): Kits {
  const requestOf = async ({ profile, name, ids }: KitPlanRequest) => {
    // Never a path: those are for the command line.
    if (!profileNames(nodePlatform).includes(profile)) throw notFound('There is no such device profile.');
    const found = ids.map((id) => library.find(id));
    const shelf = shelfOf(found, library);
    const chosen = found.map(({ texture, decision }) => ({ path: texture.path, name: decision.name }));
    const { exportFolder, exportRoot } = shelf;
    const idOf = new Map(found.map(({ texture, shown }) => [texture.path, shown.id]));
    const request = {
      exportFolder,
      exportRoot,
      name,
      chosen,
      profile: await readProfile(nodePlatform, profile),
    };
    return { shelf, request, idOf: (texture: { readonly path: string }) => idOf.get(texture.path)! };
  };
  return {
    async profiles() {
      const profiles = await Promise.all(
        profileNames(nodePlatform).map((name) => readProfile(nodePlatform, name)),
      );
      return { profiles: profiles.map(shownProfile) };
    },
    async plan(asked) {
      const { request, idOf } = await requestOf(asked);
      const at = kitFolder(request);
      return {
        ...planShown(await previewKit(nodePlatform, request), idOf),
        folder: shownPath(at, folder),
        isThere: isTaken(at),
      };
    },
    async make(asked) {
      const { shelf, request, idOf } = await requestOf(asked);
      const force = asked.force ?? false;
      const at = shownPath(kitFolder(request), folder);
      if (!force && isTaken(kitFolder(request))) {
        throw new Refusal(
          409,
          'needs-force',
          `A kit is there already, in “${at}”; replace it, or choose another name.`,
        );
      }
      const job = { kind: 'kit', export: shelf.facts.id, title: `the kit ${asked.name}` } as const;
      const made = await jobs.start(job, async ({ signal, report }) => {
        const kit = await makeKit(nodePlatform, { ...request, force, signal }, (done, all) =>
          report({ share: done / Math.max(1, all), made: done, message: `${done} of ${all} samples` }),
        );
        return { ...kit, message: `The kit is in “${at}”.` };
      });
      return { folder: at, ...kitShown(made, idOf) };
    },
  };
}

type IdOf = (texture: { readonly path: string }) => string;

function planShown(plan: Awaited<ReturnType<typeof previewKit>>, idOf: IdOf) {
  const { name, slots, leftOut, used, limits } = plan;
  const places = slots.map(({ texture, file, size }) => ({ id: idOf(texture), file, size }));
  return { name, used, limits, slots: places, leftOut: leftOut.map((one) => leftOutShown(one, idOf)) };
}

function kitShown({ files, leftOut, used, limits }: KitResult, idOf: IdOf) {
  const made = files.map(({ texture, file, durationSec, adaptations }) => {
    return { id: idOf(texture), file, durationSec, adaptations: adaptations.map(adaptationText) };
  });
  return { files: made, leftOut: leftOut.map((one) => leftOutShown(one, idOf)), used, limits };
}

function leftOutShown({ texture, reason }: LeftOut, idOf: IdOf) {
  return { id: idOf(texture), reason: leftOutText(reason) };
}

function shownProfile(profile: Profile): ProfilesAnswer['profiles'][number] {
  const { id, device, loading = null, longest_sample_sec } = profile;
  const limits: KitSize<number | null> = limitsOf(profile);
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
