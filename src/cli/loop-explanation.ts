/** The story of a loop as text: the candidates that were measured, best first, and why one won. */
import type { LoopCandidate, LoopSearch, SearchEnd } from '../loops/search-record.ts';
import type { LoopExplanation } from '../palette/explain-loop.ts';
import { counted } from '../wording/counted.ts';

/** Why no more were measured, as it stands behind what was measured. */
const ENDS: Record<SearchEnd, string> = {
  'good-match': 'then one was within the target (penalty 1), with sides that are alike',
  'within-target': 'then one was within the target (penalty 1)',
  'enough-measured': 'none was within the target (penalty 1), and more are not measured in one search',
  'all-measured': 'none was within the target (penalty 1), and the others promised nothing',
};

/** @param path of the texture in the export */
export function loopExplanationText(path: string, explanation: LoopExplanation): string {
  if (explanation.kind === 'ring') {
    return `${path}: made on a ring, which has no end to join: there was nothing to choose.`;
  }
  if (explanation.kind === 'one-shot') {
    return `${path}: plays once, so no loop was searched: there was nothing to choose.`;
  }
  const { search, kind } = explanation;
  const measured = measuredOf(search);
  const lines = [`${path}: ${summaryOf(search)}`, ...tableOf(measured), reasonOf(measured, kind)];
  return lines.join('\n  ');
}

type Measured = LoopCandidate & { readonly measured: NonNullable<LoopCandidate['measured']> };

function summaryOf({ candidates, ended }: LoopSearch): string {
  const measured = candidates.filter((candidate) => candidate.measured !== null);
  const allowed = candidates.filter(({ isAllowed }) => isAllowed);
  const excluded = candidates.length - allowed.length;
  const where = excluded > 0 ? `, ${excluded} of them where the music moves or strikes` : '';
  return `${counted(candidates.length, 'place')} compared${where}; ${measured.length} measured, ${ENDS[ended]}`;
}

const HEAD = [
  '',
  'start s',
  'length s',
  'fade s',
  'match',
  'level dB',
  'flux',
  'bands dB',
  'alike',
  'penalty',
  'total',
];

/** Those that were measured, best first. */
function measuredOf({ candidates }: LoopSearch): Measured[] {
  return candidates
    .filter((candidate): candidate is Measured => candidate.measured !== null)
    .sort((a, b) => a.measured.totalPenalty - b.measured.totalPenalty);
}

function tableOf(measured: readonly Measured[]): string[] {
  const rows = [HEAD, ...measured.map(cellsOf)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row) => row.map((cell, c) => cell.padStart(widths[c])).join('  '));
}

function cellsOf(candidate: Measured): string[] {
  const { startSec, lengthSec, fadeSec, matchCost, measured, isChosen } = candidate;
  return [
    isChosen ? '*' : '',
    startSec.toFixed(3),
    lengthSec.toFixed(3),
    fadeSec.toFixed(3),
    matchCost.toFixed(2),
    signed(measured.levelDb),
    measured.flux.toFixed(2),
    measured.bandDb.toFixed(1),
    measured.correlation.toFixed(2),
    measured.penalty.toFixed(2),
    measured.totalPenalty.toFixed(2),
  ];
}

function reasonOf(measured: readonly Measured[], kind: 'searched' | 'rejected'): string {
  const chosen = measured.find(({ isChosen }) => isChosen)!;
  const { levelDb, flux, step } = chosen.seam!;
  const seam = `as a loop its seam has level ${signed(levelDb)} dB, flux ${flux.toFixed(2)}, step ${step.toFixed(1)}`;
  if (kind === 'rejected')
    return `* closed best; ${seam}: too much, so it was laid on a ring with fresh phases.`;
  return chosen === measured[0]
    ? `* has the least total penalty; ${seam}.`
    : `* is not the least, but the loop of that measured worse when it was closed; ${seam}.`;
}

function signed(value: number): string {
  return `${value < 0 ? '' : '+'}${value.toFixed(2)}`;
}
