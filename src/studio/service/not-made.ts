/** Why a run made no more than it did: for a page, where settings have other names than in config.yaml. */
import { defaultSettings } from '../../config/defaults.ts';
import { settingAt, settingsTree } from '../../config/json-schema.ts';
import type { Settings } from '../../config/settings.ts';
import { stemOf } from '../../curation/texture-path.ts';
import type { RunResult } from '../../engine/run.ts';
import type { Plan } from '../../engine/task.ts';
import { FAMILIES } from '../../families/index.ts';
import { phasesOf } from '../../families/lookup.ts';
import { groupedBy } from '../../groups.ts';
import { shapeOf } from '../../reasons/span.ts';
import { readable } from '../../report/title.ts';
import { settingTitle, valueWords } from '../../wording/settings.ts';
import { sharedSkipWords } from '../../wording/skips.ts';
import type { NotMade } from '../protocol.ts';
import { makersIn, settingsOf } from './run-settings.ts';

/** Reasons, and songs of one reason, that are named. */
const MOST_REASONS = 8;
const MOST_SONGS = 3;
/** A setting as sentences name it, section and keys, and where it is a switch, what it is to be set to. */
const SETTING = /\b([a-z_]+(?:\.[a-z_]+)+)\b( to (?:true|false))?/g;

type Skipped = RunResult['skipped'][number];

/** A sentence for each reason, that of most songs first; reasons that differ in their figures alone are one. */
export function notMadeReasons(
  skipped: RunResult['skipped'],
  tasks: readonly Pick<Plan['tasks'][number], 'source' | 'name'>[],
): NotMade[] {
  const groups = [
    ...groupedBy(skipped, ({ family, reason }) => `${family} ${shapeOf(reason)}`).values(),
  ].sort((a, b) => b.length - a.length);
  const names = new Map(tasks.map(({ source, name }) => [source, name]));
  const reasons = groups.slice(0, MOST_REASONS).map((group) => reasonOf(group, names));
  const left = groups.length - MOST_REASONS;
  const more = { words: `And ${left} reasons more.`, phase: null, source: null, settings: [] };
  return left > 0 ? [...reasons, more] : reasons;
}

/** @param names of the sources, by their paths */
function reasonOf(group: readonly Skipped[], names: ReadonlyMap<string, string>): NotMade {
  const sources = [...new Set(group.map(({ source }) => source))];
  const songs = [...new Set(sources.map((source) => readable(stemOf(source))))];
  const more = songs.length - MOST_SONGS;
  const of = `${songs.slice(0, MOST_SONGS).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  const what = FAMILIES.find(({ id }) => id === group[0].family)?.plural;
  const why = sharedSkipWords(group.map(({ reason }) => reason));
  const { words, named } = inWords(why);
  return {
    words: `${of}${what ? `, ${what}` : ''}: ${words}.`,
    source: sources.length === 1 ? (names.get(sources[0]) ?? null) : null,
    ...changeable(group[0], named),
  };
}

type NamedSetting = NotMade['settings'][number];

/** Settings as the page's forms call them. */
function inWords(sentence: string): { readonly words: string; readonly named: readonly NamedSetting[] } {
  const settings: NamedSetting[] = [];
  const words = sentence.replace(SETTING, (named, path: string, setTo = '') => {
    const node = settingAt(settingsTree(), path.split('.'));
    if (!node?.description) return named;
    const [section, ...keys] = path.split('.');
    const title = settingTitle(node.description);
    settings.push({ section, key: keys.join('.'), title });
    const value = setTo === '' ? '' : ` to ${valueWords(setTo === ' to true')}`;
    return `“${title}”${value}`;
  });
  return { words, named: settings };
}

/** The phase of what was not made that reads most of the settings, and those that it does. */
function changeable(
  { family }: Skipped,
  named: readonly NamedSetting[],
): Pick<NotMade, 'phase' | 'settings'> {
  const own = new Set<string>(FAMILIES.find(({ id }) => id === family)?.makers.map(({ id }) => id));
  const offers = phasesOf<Settings>(FAMILIES)
    .filter((phase) => makersIn(phase).some(({ id }) => own.has(id)))
    .map((phase) => {
      const read = settingsOf(phase, defaultSettings());
      const isRead = ({ section, key }: NamedSetting) =>
        read.some((one) => one.section === section && one.key === key);
      return { phase: phase.id, settings: named.filter(isRead) };
    })
    .sort((a, b) => b.settings.length - a.settings.length);
  const [best] = offers;
  return best && best.settings.length > 0 ? best : { phase: null, settings: [] };
}
