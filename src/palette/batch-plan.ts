/** What a batch would do: which devices it makes kits for, and what it excavates. */

import { ownFolderAround } from '../archive/own-folder.ts';
import type { Families, Settings } from '../config/settings.ts';
import { withTurnedOn } from '../config/turned-on.ts';
import { plan } from '../engine/plan.ts';
import { routeByKind } from '../engine/route-by-kind.ts';
import { shownPath } from '../engine/shown-path.ts';
import { sourceRoutes } from '../engine/source-routes.ts';
import type { Plan, PlanRequest } from '../engine/task.ts';
import { ConfigError } from '../errors.ts';
import { FAMILIES } from '../families/index.ts';
import { phaseIds, phasesOf } from '../families/lookup.ts';
import type { Platform } from '../platform/platform.ts';
import type { Profile } from '../targets/profile.ts';
import { OWN_FOLDER_WORDS } from '../wording/unread.ts';
import type { BatchListener, BatchRequest } from './batch-request.ts';
import { isSorted } from './is-sorted.ts';
import { readProfile } from './profiles.ts';

/** Those of the devices that are asked for, each once. @throws ConfigError where one is unknown or wrong */
export async function profilesOf(platform: Platform, { profiles }: BatchRequest): Promise<Profile[]> {
  const read = await Promise.all(profiles.map((name) => readProfile(platform, name)));
  return [...new Map(read.map((profile) => [profile.id, profile])).values()];
}

/**
 * What a batch would excavate, and what its sources are taken for. Nothing is written.
 * @throws ConfigError where a profile is unknown or wrong, the input holds no sound, or the config skips all of them
 * @throws FileSystemError
 */
export async function previewBatch(
  platform: Platform,
  request: BatchRequest,
  listener: Pick<BatchListener, 'analysing' | 'routed'>,
): Promise<Plan> {
  await profilesOf(platform, request);
  await assertNoExport(platform, request.input);
  const excavating = await excavation(platform, request);
  const planned = await plan(platform, excavating);
  if (planned.tasks.length === 0 && planned.unread.length === 0) throw nothingIn(request.input, planned);
  if (excavating.from === undefined || planned.tasks.length === 0) return planned;
  const { jobs, signal } = request.run;
  const routed = await routeByKind(platform, planned, {
    ...(jobs === undefined ? {} : { jobs }),
    ...(signal === undefined ? {} : { signal }),
    onProgress: (done, all) => listener.analysing?.(done, all),
  });
  listener.routed?.(sourceRoutes(routed));
  if (routed.tasks.length > 0) return routed;
  throw new ConfigError(`routes.skip skips every sound in “${request.input}”; change it in the config.`);
}

/** What is to be excavated, and out of which folders. */
async function excavation(platform: Platform, request: BatchRequest): Promise<PlanRequest> {
  const { input, settings, exportFolder, seed, anySeed, only, families = FAMILIES } = request;
  const isByFolder = only === undefined && (await isSorted(platform, input, settings.paths));
  return {
    projectFolder: input,
    seed,
    anySeed,
    phases: phaseIds(families),
    families,
    settings: withPhaseFlags(
      { ...settings, paths: { ...settings.paths, export_dir: exportFolder } },
      families,
    ),
    ...(only === undefined ? {} : { only }),
    ...(isByFolder ? {} : { from: input }),
  };
}

/** The settings with all that flags of phases turn on: a batch takes whatever there is. */
function withPhaseFlags(settings: Settings, families: Families): Settings {
  return phasesOf<Settings>(families).reduce(
    (changed, { flag }) => (flag ? withTurnedOn(changed, flag.setting) : changed),
    settings,
  );
}

/** A batch of an export would mine what an earlier one made. @throws ConfigError */
async function assertNoExport(platform: Platform, input: string): Promise<void> {
  const around = await ownFolderAround(platform, input);
  if (around === null) return;
  const where = around.path === input ? 'is' : 'lies in';
  throw new ConfigError(
    `“${input}” ${where} ${OWN_FOLDER_WORDS[around.what]}, which is never mined; --input names an archive of songs and sounds ("afterglow make-clouds --from" takes a folder of an export).`,
    { context: { input } },
  );
}

function nothingIn(input: string, { folders, problems }: Plan): ConfigError {
  const looked = folders.filter((folder) => folder.exists).map(({ path }) => shownPath(path, input));
  const inside = folders[0]?.key === 'from' ? '' : ` in ${[...new Set(looked)].join(', ')}`;
  const first = problems.length === 0 ? '' : ` (${problems[0].message.replace(/\.$/, '')})`;
  return new ConfigError(
    `“${input}” holds no sound that can be mined${inside}${first}; name a folder of WAV, AIFF, FLAC, MP3, Ogg or Opus files.`,
    { context: { input, problems } },
  );
}
