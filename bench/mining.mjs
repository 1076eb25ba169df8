/**
 * Does the miner find what was planted? Songs made in code, whose held passages are known, go through the
 * engine's analysis and miner with default settings (three pads of 2 s a song, one to three passages a song).
 *
 *   npm run build
 *   npm run bench:mining -- [--json] [--misses]
 *
 * Recall: passages that a pick lies in. Precision: picks that lie in a passage. Ends with 1 where either is
 * under 95 % or a pick is a fade-out.
 */
import { CONDITIONS, conditionNamed } from './mining/conditions.mjs';
import { picksOf } from './mining/picks.mjs';
import { score, sumScores } from './mining/score.mjs';
import { makeSong } from './mining/song.mjs';
import { line, printTable, shareLine } from './sound/verdicts.mjs';

const SONGS_PER_CONDITION = 4;
const WANTED = { atLeast: 0.95 };

const scores = { moments: [], pads: [] };
const lines = [];
for (const name of Object.keys(CONDITIONS)) {
  const here = { moments: [], pads: [] };
  for (let number = 1; number <= SONGS_PER_CONDITION; number++) {
    const song = makeSong(name, number, conditionNamed(name));
    const picks = await picksOf(song.sound);
    for (const way of ['moments', 'pads']) here[way].push(score(picks[way], song));
    if (process.argv.includes('--misses')) printMisses(name, number, song, picks);
  }
  for (const way of ['moments', 'pads']) {
    scores[way].push(...here[way]);
    lines.push(...figureLines(name, way, sumScores(here[way])));
  }
}
for (const way of ['moments', 'pads']) lines.push(...figureLines('all songs', way, sumScores(scores[way])));

if (process.argv.includes('--json')) console.log(JSON.stringify(lines, null, 2));
else printTable(lines);
if (lines.some(({ verdict }) => verdict === 'MISS')) process.exitCode = 1;

function figureLines(group, way, { picks, right, fades, passages, found }) {
  return [
    shareLine(group, `${way}: passages found`, found / passages, passages, WANTED),
    shareLine(group, `${way}: picks in a passage`, right / picks, picks, WANTED),
    line(group, `${way}: picks in the fade-out`, fades, { count: picks, atMost: 0 }),
  ];
}

function printMisses(name, number, song, picks) {
  const { right, picks: made, found, passages } = score(picks.pads, song);
  if (right === made && found === passages) return;
  const shown = (spans) => spans.map(({ start, end }) => `${start.toFixed(1)}–${end.toFixed(1)}`).join(' ');
  console.error(
    `${name} ${number}: passages ${shown(song.passages)} | fade ${shown([song.fade])} | moments ${shown(picks.moments)} | pads ${shown(picks.pads)}`,
  );
}
