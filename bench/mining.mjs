/**
 * Does the miner find what was planted? Songs made in code, whose held passages are known, go through the
 * engine's analysis and miner with default settings (three pads of 2 s a song, one to six passages a song).
 *
 *   npm run build
 *   npm run bench:mining -- [--seed N] [--json] [--misses]
 *
 * Another seed, other songs: the engine was tuned on seeds 1 and 2, so only others are a test of it.
 * Recall: passages that a pick lies in. Precision: picks that lie in a passage. Spread: passages that the right picks
 * lie in, of as many as they could. Ends with 1 where one of these is under 95 % or a pick is a fade-out.
 */
import { parseArgs } from 'node:util';
import { CONDITIONS, conditionNamed } from './mining/conditions.mjs';
import { picksOf } from './mining/picks.mjs';
import { score, sumScores } from './mining/score.mjs';
import { makeSong } from './mining/song.mjs';
import { line, printTable, shareLine } from './sound/verdicts.mjs';

const { values: options } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean' },
    misses: { type: 'boolean' },
  },
});

const SONGS_PER_CONDITION = 4;
const WANTED = { atLeast: 0.95 };
const PICKS_PER_SONG = 3;

const scores = { moments: [], pads: [] };
const lines = [];
for (const name of Object.keys(CONDITIONS)) {
  const here = { moments: [], pads: [] };
  for (let number = 1; number <= SONGS_PER_CONDITION; number++) {
    const song = makeSong(options.seed, name, number, conditionNamed(name));
    const picks = await picksOf(song.sound);
    for (const way of ['moments', 'pads']) here[way].push(score(picks[way], song, PICKS_PER_SONG));
    if (options.misses) printMisses(name, number, song, picks);
  }
  for (const way of ['moments', 'pads']) {
    scores[way].push(...here[way]);
    lines.push(...figureLines(name, way, sumScores(here[way])));
  }
}
for (const way of ['moments', 'pads']) lines.push(...figureLines('all songs', way, sumScores(scores[way])));

if (options.json) console.log(JSON.stringify(lines, null, 2));
else printTable(lines);
if (lines.some(({ verdict }) => verdict === 'MISS')) process.exitCode = 1;

function figureLines(group, way, { picks, right, fades, passages, spread, found }) {
  return [
    shareLine(group, `${way}: passages found`, found / passages, passages, WANTED),
    shareLine(group, `${way}: picks in a passage`, right / picks, picks, WANTED),
    shareLine(group, `${way}: passages they are spread over`, found / spread, spread, WANTED),
    line(group, `${way}: picks in the fade-out`, fades, { count: picks, atMost: 0 }),
  ];
}

function printMisses(name, number, song, picks) {
  const { right, picks: made, found, passages } = score(picks.pads, song, PICKS_PER_SONG);
  if (right === made && found === passages) return;
  const shown = (spans) => spans.map(({ start, end }) => `${start.toFixed(1)}–${end.toFixed(1)}`).join(' ');
  console.error(
    `${name} ${number}: passages ${shown(song.passages)} | fade ${shown([song.fade])} | moments ${shown(picks.moments)} | pads ${shown(picks.pads)}`,
  );
}
