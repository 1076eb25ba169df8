/** What commands print for other programs with `--json`; docs/JSON.md has every key. */
import type { RunResult } from '../engine/run.ts';
import type { Plan } from '../engine/task.ts';
import type { BatchResult } from '../palette/batch.ts';
import type { ChosenOne, NotChosenOne } from '../palette/choose.ts';
import type { Curated, SelectionFacts } from '../palette/curate.ts';
import type { InstrumentResult } from '../palette/instrument.ts';
import type { KitFacts, previewKit, SaidTexture } from '../palette/kit.ts';
import type { Profile } from '../targets/profile.ts';
import { textureDocument } from '../wording/grades.ts';
import { adaptationText, leftOutText } from '../wording/kits.ts';
import { noticeDocument } from '../wording/notices.ts';
import { routeDocument } from '../wording/routes.ts';
import { skipDocument } from '../wording/skips.ts';
import { stepDocument } from '../wording/steps.ts';
import { shardDocument } from './sharing.ts';

/** Of a run, whatever it makes. */
export function runDocument(plan: Plan, result: RunResult): object {
  const { seed, exportFolder, folders } = plan;
  const { skipped, ...others } = result;
  return {
    seed,
    exportFolder,
    shard: shardDocument(plan),
    folders,
    ...others,
    passedOver: skipped.map(({ reason, ...about }) => ({
      ...about,
      ...skipDocument(reason, plan.request.families),
    })),
    warnings: result.warnings.map(({ source, notice }) => ({ source, ...noticeDocument(notice) })),
    textures: result.textures.map(textureDocument),
    upToDate: result.upToDate.map(textureDocument),
    dropped: result.dropped.map(textureDocument),
  };
}

/** Of what curate chose; with `explain`, why it chose each texture or not. */
export function curatedDocument(curated: Curated, exportFolder: string, explain: boolean): object {
  if (!explain) return selectionDocument(curated, exportFolder);
  return {
    ...selectionDocument(curated, exportFolder),
    families: curated.families.map(({ family, chosen, notChosen }) => ({
      family,
      chosen: chosen.map((one) => ({ rank: one.rank, ...judged(one) })),
      passedOver: notChosen.map((one) => ({ why: one.why, ...judged(one) })),
    })),
  };
}

function selectionDocument(
  { outFolder, selectionPath, selection, warnings, failed }: SelectionFacts,
  exportFolder: string,
): object {
  return {
    exportFolder,
    folder: outFolder,
    selection: selectionPath,
    textures: selection.textures,
    warnings,
    failed,
  };
}

function judged({ texture, quality, decision, nearest }: ChosenOne | NotChosenOne): object {
  const { path, grade } = texture;
  return { path, grade, quality: quality.quality, parts: quality.parts, nearest, decision };
}

export function kitDocument(made: KitFacts, profile: Profile): object {
  return {
    profile: profile.id,
    folder: made.folder,
    deviceName: made.deviceName,
    zip: made.zip,
    used: made.used,
    usedOfCard: made.usedOfCard,
    limits: made.limits,
    levels: made.levels,
    isSelected: made.isSelected,
    files: made.files.map(({ texture, adaptations, ...facts }) => ({
      ...facts,
      ...pitchDocument(texture),
      adaptations: adaptations.map(adaptationText),
      texture: texture.path,
    })),
    leftOut: leftOutDocument(made.leftOut),
    missing: made.missing,
    impossible: made.impossible,
    sinceCurated: made.since,
  };
}

/** Of a kit that was only planned. */
export function previewedKitDocument(kit: Awaited<ReturnType<typeof previewKit>>, profile: Profile): object {
  return {
    profile: profile.id,
    used: kit.used,
    usedOfCard: kit.usedOfCard,
    limits: kit.limits,
    isSelected: kit.isSelected,
    files: kit.slots.map(({ file, texture, shape }) => ({
      file,
      texture: texture.path,
      ...pitchDocument(texture),
      ...shape,
    })),
    leftOut: leftOutDocument(kit.leftOut),
    missing: kit.missing,
    impossible: kit.impossible,
    sinceCurated: kit.since,
  };
}

/** What is clear of a texture's pitch and time, as it will be played. */
function pitchDocument({ root, rootName, key, tempo, moved }: SaidTexture): object {
  return {
    root: root && { ...root, name: rootName },
    key: key === '' ? null : key,
    bpm: tempo?.bpm ?? null,
    moved,
  };
}

function leftOutDocument(leftOut: KitFacts['leftOut']): object[] {
  return leftOut.map(({ texture, reason }) => ({ texture: texture.path, reason: leftOutText(reason) }));
}

export function instrumentsDocument({ since, ...result }: InstrumentResult): object {
  return { ...result, sinceCurated: since };
}

/** Of a batch: of each step what the step's own command would print; null where it made nothing. */
export function batchDocument(result: BatchResult): object {
  const { plan, routes, run, dustPlan, dust, curated, kits, instruments, report } = result;
  const { exportFolder } = plan;
  const { steps, seconds, diskBytes, isInterrupted, warnings } = result;
  return {
    seed: plan.seed,
    exportFolder,
    seconds,
    diskBytes,
    isInterrupted,
    warnings,
    steps: steps.map(stepDocument),
    routes: routes.map(routeDocument),
    excavate: run && runDocument(plan, run),
    dust: dust && dustPlan && runDocument(dustPlan, dust),
    curate: curated && selectionDocument(curated, exportFolder),
    kits: kits.map((kit) => kitDocument(kit, kit.profile)),
    instruments: instruments && instrumentsDocument(instruments),
    report: report && { exportFolder, ...report },
  };
}
