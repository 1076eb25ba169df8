import { keyName, noteName } from '../../curation/note-names.ts';
import { type Hearing, listen } from '../../engine/inspect-source.ts';
import { openProject } from '../../engine/project.ts';
import { nodePlatform } from '../../platform/node/platform.ts';
import { counted } from '../../wording/counted.ts';
import { noticeWords } from '../../wording/notices.ts';
import { codeAndFields } from '../../wording/words.ts';
import { absolute } from '../absolute.ts';
import { EXIT } from '../exit-codes.ts';
import { printJson } from '../json.ts';
import { openTerminal, printable } from '../terminal.ts';

/** `afterglow info FILE`: what the engine hears in a file. */
export async function info(file: string, flags: { config?: string; json?: boolean }): Promise<number> {
  const terminal = openTerminal({ json: flags.json ?? false });
  const config = flags.config === undefined ? {} : { config: flags.config };
  const { settings } = await openProject(nodePlatform, { folder: absolute('.'), ...config, create: false });
  const hearing = await listen(nodePlatform, file, settings);
  const warnings = hearing.warnings.map(noticeWords);
  for (const warning of warnings) terminal.warning(warning);
  terminal.result(portrait(hearing));
  if (flags.json) printJson({ ...hearing, warnings, notices: hearing.warnings.map(codeAndFields) });
  return EXIT.done;
}

function portrait(hearing: Hearing): string {
  const { facts, key, tempo, root, stable } = hearing;
  const bits = facts.bitDepth === null ? '' : `, ${facts.bitDepth} bit`;
  const lines: [string, string][] = [
    ['file', printable(hearing.path)],
    ['format', `${facts.format} (${facts.encoding}${bits})`],
    ['sound', `${hearing.sampleRate} Hz, ${channels(facts.channelCount)}, ${duration(hearing.durationSec)}`],
    ['level', `${decibels(hearing.rmsDb)} RMS, ${decibels(hearing.peakDb)} peak`],
    ['DC', hearing.dc.map((mean) => mean.toFixed(5)).join(', ')],
    ['onsets', `${hearing.onsetRate.toFixed(2)} a second`],
    ['timbre', `centroid ${Math.round(hearing.centroidHz)} Hz, flatness ${hearing.flatness.toFixed(3)}`],
    ['key', key ? `${keyName(key)}${confidence(key)}` : 'unknown'],
    ['tempo', tempo ? `${beatsAMinute(tempo)} BPM${confidence(tempo)}` : 'unknown'],
    ['root', root ? `${noteName(root.note)} ${signed(root.cents)} cents${confidence(root)}` : 'unknown'],
    ['tuning', `${signed(hearing.tuningCents)} cents from A = 440 Hz`],
    ['still', stillness(stable)],
  ];
  return lines.map(([label, text]) => label.padEnd(8) + text).join('\n');
}

function beatsAMinute({ bpm, alternativeBpm }: NonNullable<Hearing['tempo']>): string {
  if (alternativeBpm === null) return bpm.toFixed(1);
  return [bpm, alternativeBpm]
    .sort((a, b) => a - b)
    .map((each) => each.toFixed(1))
    .join(' or ');
}

function stillness({ regions, totalSec, refused, windowCount }: Hearing['stable']): string {
  if (windowCount === 0) return 'nowhere: it holds no sound';
  if (regions.length === 0) {
    const gates = Object.entries(refused).sort(([, a], [, b]) => b - a);
    const reasons = gates.map(([gate, count]) => `${count} (${gate})`).join(', ');
    return `nowhere long enough; of ${counted(windowCount, 'window')} pre_analysis refused ${reasons || 'none, but min_stable_windows asks for more'}`;
  }
  const [longest] = regions.toSorted((a, b) => b.endSec - b.startSec - (a.endSec - a.startSec));
  return `${totalSec.toFixed(1)} s in ${counted(regions.length, 'region')}, the longest from ${longest.startSec.toFixed(1)} to ${longest.endSec.toFixed(1)} s`;
}

function confidence({ confidence }: { confidence: number }): string {
  return ` (confidence ${confidence.toFixed(2)})`;
}

function channels(count: number): string {
  return count === 1 ? 'mono' : count === 2 ? 'stereo' : `${count} channels, mixed down to stereo`;
}

function decibels(level: number): string {
  return Number.isFinite(level) ? `${level.toFixed(1)} dBFS` : 'silence';
}

function signed(cents: number): string {
  const rounded = Math.round(cents);
  return rounded > 0 ? `+${rounded}` : String(rounded);
}

function duration(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return minutes === 0
    ? `${seconds.toFixed(2)} s`
    : `${minutes} min ${(seconds - 60 * minutes).toFixed(1)} s`;
}
