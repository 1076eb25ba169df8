/** What follows from a list of families: their makers and phases. */
import type { Coded } from '../reasons/words.ts';
import type { SharedSettings } from '../settings/shared.ts';
import type {
  FamilyId,
  ListedFamily,
  MakerDefinition,
  MakerId,
  PhaseDefinition,
  PhaseId,
  SourceFolder,
} from './family.ts';
import { FAMILIES } from './index.ts';
import type { Skipped } from './texture.ts';

/** A list of families whose makers read these settings, and may be kept from making something by these reasons. */
export type FamiliesFor<S extends SharedSettings, Why extends Coded = Coded> = readonly ListedFamily<
  S,
  Why
>[];

type Loaded = Awaited<ReturnType<(typeof FAMILIES)[number]['makers'][number]['load']>>;
type MadeBy<Make> = Make extends (...given: never) => AsyncIterable<infer Each> | Iterable<infer Each>
  ? Each
  : never;

/** All that may keep this program's makers from making something. */
export type MakerReason = Extract<MadeBy<Loaded>, Skipped>['reason'];

/** A family by its id. @throws RangeError where the list has none of that id */
export function familyOf<S extends SharedSettings>(id: FamilyId, families: FamiliesFor<S>): ListedFamily<S> {
  return found(
    families.find((family) => family.id === id),
    `family “${id}”`,
  );
}

/** All makers, in the order in which they run. */
export function makersOf<S extends SharedSettings, Why extends Coded = Coded>(
  families: FamiliesFor<S, Why>,
): readonly MakerDefinition<S, Why>[] {
  return families.flatMap(({ makers }) => makers);
}

/** A maker by its id. @throws RangeError where no family has it */
export function makerOf<S extends SharedSettings, Why extends Coded = Coded>(
  id: MakerId,
  families: FamiliesFor<S, Why>,
): MakerDefinition<S, Why> {
  return found(
    makersOf(families).find((maker) => maker.id === id),
    `maker “${id}”`,
  );
}

/** The family of a maker. @throws RangeError where no family has it */
export function familyOfMaker<S extends SharedSettings>(
  id: MakerId,
  families: FamiliesFor<S>,
): ListedFamily<S> {
  return found(
    families.find(({ makers }) => makers.some((maker) => maker.id === id)),
    `maker “${id}”`,
  );
}

/** All phases, each once, in the order of their first makers. */
export function phasesOf<S extends SharedSettings>(families: FamiliesFor<S>): readonly PhaseDefinition<S>[] {
  const phases = makersOf(families).map(({ phase }) => phase);
  return [...new Set(phases.filter((phase) => phase !== null))];
}

/** A phase by its id. @throws RangeError where there is none of that id */
export function phaseOf<S extends SharedSettings>(id: PhaseId, families: FamiliesFor<S>): PhaseDefinition<S> {
  return found(
    phasesOf(families).find((phase) => phase.id === id),
    `phase “${id}”`,
  );
}

/** The makers of a phase. */
export function makersOfPhase<S extends SharedSettings>(
  id: PhaseId,
  families: FamiliesFor<S>,
): readonly MakerId[] {
  return makersOf(families)
    .filter(({ phase }) => phase?.id === id)
    .map((maker) => maker.id);
}

/** The families of which a phase makes textures, and those laid over them, of which there are more then. */
export function familiesOfPhase<S extends SharedSettings>(
  id: PhaseId,
  families: FamiliesFor<S>,
): readonly ListedFamily<S>[] {
  const made = families.filter(({ makers }) => makers.some(({ phase }) => phase?.id === id));
  const isLaid = ({ makers }: ListedFamily<S>) =>
    makers.some((maker) => maker.input === 'textures' && made.some((family) => family.id === maker.above));
  return families.filter((family) => made.includes(family) || isLaid(family));
}

/** The folders that a phase mines under these settings. */
export function foldersOf<S extends SharedSettings>(
  id: PhaseId,
  settings: S,
  families: FamiliesFor<S>,
): readonly SourceFolder[] {
  return phaseOf(id, families).folders(settings);
}

function found<Item>(item: Item | undefined, what: string): Item {
  if (item === undefined) throw new RangeError(`There is no ${what}.`);
  return item;
}

/** The phases that the command `all` goes through; the others are asked for by name. */
export function phasesOfAll(families: FamiliesFor<never> = FAMILIES): readonly PhaseId[] {
  return phasesOf(families)
    .filter(({ isPartOfAll }) => isPartOfAll)
    .map(({ id }) => id);
}

/** The ids of all phases. */
export function phaseIds(families: FamiliesFor<never> = FAMILIES): readonly PhaseId[] {
  return phasesOf(families).map(({ id }) => id);
}

/** The word for several textures of a family, as summaries have it; of an unknown one its id. */
export function pluralOf(id: FamilyId, families: FamiliesFor<never> = FAMILIES): string {
  return families.find((family) => family.id === id)?.plural ?? id;
}
