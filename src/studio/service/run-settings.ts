/** The settings of a phase: those that it reads, and what the page changed of them. */
import { describeAllowed } from '../../config/allowed.ts';
import { type SettingNode, settingAt, settingsTree } from '../../config/json-schema.ts';
import { parseConfig } from '../../config/parse.ts';
import type { Settings } from '../../config/settings.ts';
import { layer, valueAt } from '../../config/trees.ts';
import { ConfigError } from '../../errors.ts';
import type { MakerDefinition, PhaseDefinition } from '../../families/family.ts';
import { FAMILIES } from '../../families/index.ts';
import { makersOf } from '../../families/lookup.ts';
import { settingTitle } from '../../wording/settings.ts';
import type { RunRequest, Setting, SettingForm } from '../protocol.ts';
import { badRequest } from './request-error.ts';

/** How messages call the settings that were changed. */
const THESE = 'these settings';

export type Phase = PhaseDefinition<Settings>;

/** The makers of a phase, those among them that stand in where there is no source. */
export function makersIn(phase: Phase): MakerDefinition<Settings>[] {
  const all = makersOf<Settings>(FAMILIES);
  const own = all.filter((maker) => maker.phase === phase);
  const standIns = all.filter(
    (maker) => maker.input === 'nothing' && own.some(({ id }) => id === maker.standsInFor),
  );
  return [...own, ...standIns];
}

/** The settings that a phase reads, its own before those that all share. */
export function settingsOf(phase: Phase, settings: Settings): Setting[] {
  return settingsRead(makersIn(phase), settings);
}

/** The settings that makers read, their own before those that all share. */
export function settingsRead(makers: readonly MakerDefinition<Settings>[], settings: Settings): Setting[] {
  const names = [...new Set(makers.flatMap(({ reads }) => reads))];
  const { properties: sections = {} } = settingsTree();
  const found = names.flatMap((name) => {
    const [section, key] = name.split('.');
    const keys: Record<string, SettingNode> = sections[section].properties ?? {};
    const chosen = key === undefined ? Object.entries(keys) : [[key, keys[key]] as const];
    return chosen
      .flatMap(([key, node]) => leavesIn(key, node))
      .map(([key, node]) => ({
        section,
        key,
        description: node.description ?? '',
        accepts: describeAllowed(node),
        form: formOf(node),
        value: valueAt(settings, [section, ...key.split('.')]),
      }));
  });
  const own = (setting: Setting) => (isShared(setting) ? 1 : 0);
  return found.sort((a, b) => own(a) - own(b));
}

/** A setting, or those in it, each by its keys with dots between. */
function leavesIn(key: string, node: SettingNode): (readonly [key: string, node: SettingNode])[] {
  if (!node.properties) return [[key, node]];
  return Object.entries(node.properties).flatMap(([inner, under]) => leavesIn(`${key}.${inner}`, under));
}

function formOf({ type, enum: options }: SettingNode): SettingForm {
  if (options) return { kind: 'choice', options };
  if (type === 'boolean') return { kind: 'switch' };
  return { kind: type === 'array' ? 'list' : 'value' };
}

/** What a setting is, in words. */
export function titleOfSetting(section: string, key: string): string {
  const node = settingAt(settingsTree(), [section, ...key.split('.')]);
  return settingTitle(node?.description ?? '');
}

/** Whether all families have it, so that it says little of one. */
export function isShared({ section }: Setting): boolean {
  return SHARED.has(section);
}

const SHARED: ReadonlySet<string> = new Set([
  ...['global', 'brightness_tags', 'curation', 'export', 'musicality', 'pre_analysis', 'naming'],
]);

/** What a request changes, as config.yaml has it: a key with dots stands in what is before them. */
export function treeOf(changes: RunRequest['settings']): Record<string, Record<string, unknown>> {
  let tree: unknown = {};
  for (const [section, keys] of Object.entries(changes)) {
    for (const [key, value] of Object.entries(keys)) {
      const path = [section, ...key.split('.')];
      tree = layer(
        tree,
        path.reduceRight<unknown>((under, step) => ({ [step]: under }), value),
      );
    }
  }
  return tree as Record<string, Record<string, unknown>>;
}

/** @throws RequestError where a phase does not read what is changed; ConfigError where a value is wrong */
export function changedSettings(settings: Settings, changes: RunRequest['settings'], phase: Phase): Settings {
  const known = new Set(settingsOf(phase, settings).map(({ section, key }) => `${section}.${key}`));
  for (const [section, keys] of Object.entries(changes)) {
    for (const key of Object.keys(keys)) {
      if (!known.has(`${section}.${key}`)) {
        throw badRequest(`${phase.title}: there is no setting “${section}.${key}”.`);
      }
    }
  }
  try {
    return parseConfig(JSON.stringify(layer(settings, treeOf(changes))), THESE).settings;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    // Lines and columns are those of no file that anybody sees.
    throw new ConfigError(error.message.replaceAll(new RegExp(`^${THESE}(:\\d+)*: `, 'gm'), ''));
  }
}
