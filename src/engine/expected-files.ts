/** What a plan will write, known without analysing: every file by name, or an upper bound. */
import type { Families, Settings } from '../config/settings.ts';
import { patternOf, textureName } from '../curation/name.ts';
import { TEXTURE_ENDING } from '../curation/texture-path.ts';
import { DETECTED, type ExpectedTexture, type ListedFamily, type MakerId } from '../families/family.ts';
import { FAMILIES } from '../families/index.ts';
import { familyOfMaker, makerOf } from '../families/lookup.ts';
import { expectedLayers } from './layers.ts';
import type { Plan, Task } from './task.ts';

/** A file that a run will write, or may. */
export interface ExpectedFile {
  /** Under the export folder, with slashes; `*` stands for what only analysis tells. */
  readonly path: string;
  /** False where analysis decides whether there is such a file. */
  readonly certain: boolean;
  /** Which parts of the name `*` stands for. */
  readonly dependsOn: readonly string[];
  /** How many files there may be by that name: more than one where their number is detected. */
  readonly most: number;
}

/** The files of a plan one after the other, by source and then by family. A source that fails, or is silent, gives none of its files. */
export function* expectedFiles({ tasks, request }: Pick<Plan, 'tasks' | 'request'>): Generator<ExpectedFile> {
  const families = request.families ?? FAMILIES;
  for (const task of tasks.toSorted((a, b) => (a.source < b.source ? -1 : 1))) yield* filesOf(task, families);
}

/** The files of a task, by family. */
export function filesOf(task: Task, families: Families): ExpectedFile[] {
  return task.makers.flatMap((makerId) => {
    const family = familyOfMaker(makerId, families);
    return expectedOf(makerId, task, families).map((texture) => fileOf(texture, family, task));
  });
}

/** The textures that a maker may give of one source. */
export function expectedOf(
  id: MakerId,
  { settings, layers }: Pick<Task, 'settings' | 'layers'>,
  families: Families,
): readonly ExpectedTexture[] {
  const maker = makerOf(id, families);
  return maker.input === 'textures' ? expectedLayers(maker, layers, settings) : maker.expected(settings);
}

function fileOf(
  { naming, index, variant, certain, most = 1 }: ExpectedTexture,
  family: ListedFamily<Settings>,
  task: Task,
): ExpectedFile {
  const pattern = patternOf(naming, task.settings);
  const brightness = task.settings.brightness_tags.enabled ? DETECTED : '';
  const kind = family.hasKinds ? DETECTED : '';
  const tokens = {
    index: index ?? DETECTED,
    variant,
    brightness,
    key: DETECTED,
    root: DETECTED,
    bpm: DETECTED,
    kind,
  };
  const name = textureName(pattern, { source: task.name, ...tokens });
  const dependsOn = Object.entries(tokens)
    .filter(([token, text]) => text === DETECTED && new RegExp(`\\{${token}[:}]`).test(pattern))
    .map(([token]) => token);
  const path = `${task.name}/${family.folder}/${name}${TEXTURE_ENDING}`;
  return { path: path.replaceAll(DETECTED, '*'), certain, dependsOn, most };
}
