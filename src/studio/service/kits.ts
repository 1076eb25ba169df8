/** Kits from the page: planned and made by what the command `kit` plans and makes. */
import { shownPath } from '../../engine/shown-path.ts';
import { type KitResult, kitFolder, makeKit, previewKit } from '../../palette/kit.ts';
import { profileNames, readProfile } from '../../palette/profiles.ts';
import type { Platform } from '../../platform/platform.ts';
import { limitsOf } from '../../targets/device-limits.ts';
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
export function openKits(platform: Platform, library: Library, jobs: Jobs, folder: string): Kits {
  return {
    async profiles() {
      const profiles = await Promise.all(profileNames(platform).map((name) => readProfile(platform, name)));
      return { profiles: profiles.map(shownProfile) };
    },
    async plan(asked) {
      const { request, idOf } = await requestOf(platform, asked, library);
      const at = kitFolder(request);
      return {
        ...planShown(await previewKit(platform, request), idOf),
        folder: shownPath(at, folder),
        isThere: await isTaken(platform, at),
      };
    },
    async make(asked) {
      const { exportIndex, request, idOf } = await requestOf(platform, asked, library);
      const force = asked.force ?? false;
      const at = shownPath(kitFolder(request), folder);
      if (!force && (await isTaken(platform, kitFolder(request)))) throw isThereAlready(at);
      const job = { kind: 'kit', export: exportIndex.facts.id, title: `the kit ${asked.name}` } as const;
      const made = await jobs.start(job, async ({ signal, report }) => {
        const kit = await makeKit(platform, { ...request, force, signal }, (done, all) =>
          report({ share: done / Math.max(1, all), made: done, message: `${done} of ${all} samples` }),
        );
        return { ...kit, message: `The kit is in “${at}”.` };
      });
      return { folder: at, ...kitShown(made, idOf) };
    },
  };
}

/** What the palette is asked for, in which export, and how its answer leads back to the page's ids. @throws RequestError */
async function requestOf(
  platform: Platform,
  { profile, name, ids, places = [] }: KitPlanRequest & Pick<KitRequest, 'places'>,
  library: Library,
) {
  // Never a path: those are for the command line.
  if (!profileNames(platform).includes(profile)) throw notFound('There is no such device profile.');
  const found = ids.map((id) => library.find(id));
  const exportIndex = exportIndexOf(found, library);
  const chosen = found.map(({ texture, decision }, i) => {
    return { path: texture.path, name: decision.name, place: places[i] };
  });
  const { exportFolder, exportRoot } = exportIndex;
  const idByPath = new Map(found.map(({ texture, shown }) => [texture.path, shown.id]));
  const device = await readProfile(platform, profile);
  const request = { exportFolder, exportRoot, name, chosen, profile: device };
  return { exportIndex, request, idOf: (texture: { readonly path: string }) => idByPath.get(texture.path)! };
}

type IdOf = (texture: { readonly path: string }) => string;

function planShown(plan: Awaited<ReturnType<typeof previewKit>>, idOf: IdOf) {
  const { name, slots, leftOut, used, limits } = plan;
  const places = slots.map(({ texture, file, size }) => ({ id: idOf(texture), file, size }));
  const soundSec = slots
    .filter(({ isStreamed }) => !isStreamed)
    .reduce((sum, { size, shape }) => sum + size.seconds / shape.channelCount, 0);
  return {
    name,
    used,
    soundSec,
    limits,
    slots: places,
    leftOut: leftOut.map((one) => leftOutShown(one, idOf)),
  };
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

function isThereAlready(at: string): RequestError {
  const message = `A kit is there already, in “${at}”; replace it, or choose another name.`;
  return new RequestError(409, 'needs-force', message);
}

function shownProfile(profile: Profile): ProfilesAnswer['profiles'][number] {
  const { id, device, loading = null, longest_sample_sec } = profile;
  const { samples, seconds, bytes } = limitsOf(profile);
  const limits: KitSize<number | null> = { samples, seconds, bytes };
  return { id, device, loading, limits, longestSampleSec: longest_sample_sec.value };
}

/** A kit lies in one export, with paths from there. @throws RequestError */
function exportIndexOf(found: readonly Found[], library: Library): ExportIndex {
  const all = new Set(found.map(({ exportIndex }) => exportIndex));
  if (all.size > 1) throw badRequest('A kit takes textures of one export folder; these are of several.');
  return [...all][0] ?? library.exportIndexes()[0];
}

async function isTaken({ files }: Platform, folder: string): Promise<boolean> {
  return (await files.exists(folder)) && (await files.list(folder)).length > 0;
}
