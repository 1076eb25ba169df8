/** The instruments that are made of an export, each with the file that it becomes. */
import type { Families } from '../config/settings.ts';
import { groupedBy } from '../groups.ts';
import { paletteInstruments } from './palette-instruments.ts';
import { sampleFileNames } from './sample-names.ts';
import { soundingRoot } from './sounding-root.ts';
import { sourceInstruments } from './source-instruments.ts';
import type { MadeSample, PlayerOptions } from './target.ts';
import { textureInstruments } from './texture-instruments.ts';
import type { Instrument, InstrumentSample, Scope } from './zones.ts';

export interface Preset {
  readonly instrument: Instrument;
  /** What a sampler shows of it. */
  readonly title: string;
  /** Its file below the folder, with slashes, without ending. */
  readonly file: string;
  /** From its file's folder to the one that samples are named from: as many `../` as it lies deep. */
  readonly up: string;
}

/** Palettes first, then those of a source, then those of a texture; in each scope as the families are listed. */
export function instrumentPresets(
  samples: readonly MadeSample[],
  { name, families, scopes }: Pick<PlayerOptions, 'name' | 'families' | 'scopes'>,
): Preset[] {
  const laid = samples.map(instrumentSample);
  const instruments = [
    ...paletteInstruments(laid, families),
    ...sourceInstruments(laid, families),
    ...inOrderOfFamilies(textureInstruments(laid, families), families),
  ].filter(({ scope }) => scopes.includes(scope));
  return [...groupedBy(instruments, ({ scope }) => scope).values()].flatMap((ofScope) => {
    const names = sampleFileNames(ofScope.map((each) => each.name));
    return ofScope.map((instrument, i) => {
      const own = instrument.scope === 'palette' ? `${name}_${names[i]}` : names[i];
      const folder = folderOf(instrument);
      const up = '../'.repeat(folder.split('/').length - 1);
      return { instrument, title: titleOf(instrument, own), file: folder + own, up };
    });
  });
}

/** With its last slash; palettes lie on top, where whoever opens the folder sees them. */
function folderOf({ scope, part }: Instrument): string {
  const folders: Record<Scope, string> = {
    palette: '',
    source: 'sources/',
    texture: `textures/${part}/`,
  };
  return folders[scope];
}

function titleOf({ remark }: Instrument, name: string): string {
  return remark === '' ? name : `${name} (${remark})`;
}

function inOrderOfFamilies(instruments: readonly Instrument[], families: Families): Instrument[] {
  const parts = [...new Set(families.map(({ instrument }) => instrument.part.id))];
  return parts.flatMap((part) => instruments.filter((each) => each.part === part));
}

function instrumentSample({ slot: { texture, file }, frameCount, sampleRate }: MadeSample): InstrumentSample {
  const { family, source, moment, kind, loops, lufs, centroidHz } = texture;
  const root = soundingRoot(texture, frameCount, sampleRate);
  const name = file.slice(file.lastIndexOf('/') + 1, file.lastIndexOf('.'));
  return {
    file,
    name,
    family,
    source,
    moment,
    kind,
    frameCount,
    sampleRate,
    isLoop: loops,
    root,
    lufs,
    centroidHz,
  };
}
