import { CLEAR_ENOUGH_TO_SAY, isClear } from '../../analysis/confidence.ts';
import { keyName, noteName } from '../../curation/note-names.ts';
import { inspectSource, type SourceInspection } from '../../engine/inspect-source.ts';
import { openProject } from '../../engine/project.ts';
import { nodePlatform } from '../../platform/node/platform.ts';
import { codeAndFields } from '../../reasons/words.ts';
import { counted } from '../../wording/counted.ts';
import { noticeWords } from '../../wording/notices.ts';
import { absolute } from '../absolute.ts';
import { EXIT } from '../exit-codes.ts';
import { printJson } from '../json.ts';
import { openTerminal, printable } from '../terminal.ts';

/** `afterglow info FILE`: what the analysis finds in a file. */
export async function info(file: string, flags: { config?: string; json?: boolean }): Promise<number> {
  const terminal = openTerminal({ json: flags.json ?? false });
  const config = flags.config === undefined ? {} : { config: flags.config };
  const { settings } = await openProject(nodePlatform, { folder: absolute('.'), ...config, create: false });
  const inspected = await inspectSource(nodePlatform, file, settings);
  const warnings = inspected.warnings.map(noticeWords);
  for (const warning of warnings) terminal.warning(warning);
  terminal.result(portrait(inspected));
  if (flags.json) {
    const { excluded, ...stable } = inspected.stable;
    printJson({
      ...inspected,
      stable: { ...stable, refused: excluded },
      warnings,
      notices: inspected.warnings.map(codeAndFields),
    });
  }
  return EXIT.done;
}

function portrait(inspected: SourceInspection): string {
  const { facts, key, tempo, root, stable } = inspected;
  const bits = facts.bitDepth === null ? '' : `, ${facts.bitDepth} bit`;
  const lines: [string, string][] = [
    ['file', printable(inspected.path)],
    ['format', `${facts.format} (${facts.encoding}${bits})`],
    [
      'sound',
      `${inspected.sampleRate} Hz, ${channels(facts.channelCount)}, ${duration(inspected.durationSec)}`,
    ],
    ['level', `${decibels(inspected.rmsDb)} RMS, ${decibels(inspected.peakDb)} peak`],
    ['DC', inspected.dc.map((mean) => mean.toFixed(5)).join(', ')],
    ['onsets', `${inspected.onsetRate.toFixed(2)} a second`],
    ['timbre', `centroid ${Math.round(inspected.centroidHz)} Hz, flatness ${inspected.flatness.toFixed(3)}`],
    ['key', said(key, CLEAR_ENOUGH_TO_SAY.key, (clear) => keyName(clear))],
    ['tempo', said(tempo, CLEAR_ENOUGH_TO_SAY.tempo, (clear) => `${beatsAMinute(clear)} BPM`)],
    [
      'root',
      said(root, CLEAR_ENOUGH_TO_SAY.root, ({ note, cents }) => `${noteName(note)} ${signed(cents)} cents`),
    ],
    ['tuning', `${signed(inspected.tuningCents)} cents from A = 440 Hz`],
    ['stable', stability(stable)],
  ];
  return lines.map(([label, text]) => label.padEnd(8) + text).join('\n');
}

function beatsAMinute({ bpm, alternativeBpm }: NonNullable<SourceInspection['tempo']>): string {
  if (alternativeBpm === null) return bpm.toFixed(1);
  return [bpm, alternativeBpm]
    .sort((a, b) => a - b)
    .map((each) => each.toFixed(1))
    .join(' or ');
}

function stability({ regions, totalSec, excluded, windowCount }: SourceInspection['stable']): string {
  if (windowCount === 0) return 'nowhere: it holds no sound';
  if (regions.length === 0) {
    const limits = Object.entries(excluded).sort(([, a], [, b]) => b - a);
    const reasons = limits.map(([limit, count]) => `${count} (${limit})`).join(', ');
    return reasons
      ? `nowhere long enough; of ${counted(windowCount, 'window')}, excluded by pre_analysis: ${reasons}`
      : `nowhere long enough; none of ${counted(windowCount, 'window')} is excluded by pre_analysis, but min_stable_windows asks for more`;
  }
  const [longest] = regions.toSorted((a, b) => b.endSec - b.startSec - (a.endSec - a.startSec));
  return `${totalSec.toFixed(1)} s in ${counted(regions.length, 'region')}, the longest from ${longest.startSec.toFixed(1)} to ${longest.endSec.toFixed(1)} s`;
}

/** An estimate in words, where it is clear enough for the engine to go by. */
function said<Estimate extends { readonly confidence: number }>(
  estimate: Estimate | null,
  least: number,
  words: (clear: Estimate) => string,
): string {
  if (estimate === null) return 'unknown';
  const what = isClear(estimate, least) ? words(estimate) : 'unclear';
  return `${what} (confidence ${estimate.confidence.toFixed(2)})`;
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
