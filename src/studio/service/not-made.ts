/** Why a run made no more than it did: for a page, where settings have other names than in config.yaml. */
import { settingAt, settingsTree } from '../../config/json-schema.ts';
import { stemOf } from '../../curation/texture-path.ts';
import type { RunResult } from '../../engine/run.ts';
import { FAMILIES } from '../../families/index.ts';
import { groupedBy } from '../../groups.ts';
import { shapeOf } from '../../reasons/span.ts';
import { readable } from '../../report/title.ts';
import { settingTitle, valueWords } from '../../wording/settings.ts';
import { sharedSkipWords } from '../../wording/skips.ts';

/** Reasons, and songs of one reason, that are named. */
const MOST_REASONS = 8;
const MOST_SONGS = 3;
/** A setting as sentences name it, section and keys, and where it is a switch, what it is to be set to. */
const SETTING = /\b([a-z_]+(?:\.[a-z_]+)+)\b( to (?:true|false))?/g;

/** A sentence for each reason, that of most songs first; reasons that differ in their figures alone are one. */
export function notMadeWords(skipped: RunResult['skipped']): string[] {
  const groups = [
    ...groupedBy(skipped, ({ family, reason }) => `${family} ${shapeOf(reason)}`).values(),
  ].sort((a, b) => b.length - a.length);
  const sentences = groups.slice(0, MOST_REASONS).map((group) => {
    const songs = [...new Set(group.map(({ source }) => readable(stemOf(source))))];
    const more = songs.length - MOST_SONGS;
    const of = `${songs.slice(0, MOST_SONGS).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
    const what = FAMILIES.find(({ id }) => id === group[0].family)?.plural;
    const why = sharedSkipWords(group.map(({ reason }) => reason));
    return `${of}${what ? `, ${what}` : ''}: ${inWords(why)}.`;
  });
  const left = groups.length - MOST_REASONS;
  return left > 0 ? [...sentences, `And ${left} reasons more.`] : sentences;
}

/** Settings as the page's forms call them. */
function inWords(sentence: string): string {
  return sentence.replace(SETTING, (named, path: string, setTo = '') => {
    const node = settingAt(settingsTree(), path.split('.'));
    if (!node?.description) return named;
    const value = setTo === '' ? '' : ` to ${valueWords(setTo === ' to true')}`;
    return `“${settingTitle(node.description)}”${value}`;
  });
}
