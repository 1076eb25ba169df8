/** The report's page: what each part does when another changes. */
import { readSheet } from './blocks.ts';
import { createCells } from './cells.ts';
import { choose, conditionsOf, firstLoop } from './choice.ts';
import { countWords, emptyWords } from './count-words.ts';
import { createDetails } from './details.ts';
import { announce, byId, element } from './element.ts';
import { styleFamilies } from './families.ts';
import { createFilters } from './filters.ts';
import { listenToKeys } from './keys.ts';
import { type Direction, neighbour } from './neighbour-cell.ts';
import { createPlayback } from './playback.ts';
import { createTheme } from './theme.ts';
import { showUnderstood } from './understood.ts';

const sheet = readSheet();
styleFamilies(sheet.families);
const list = byId('textures');
const cells = createCells(list, sheet);
const details = createDetails(sheet);
const playback = createPlayback(sheet.textures, cells.at, details.showMissing);
const filters = createFilters(sheet, showChoice);
/** Places in the sheet, as they are shown. */
let shown: number[] = [];
let selected = 0;

function showChoice(): void {
  const query = filters.query();
  const groups = choose(sheet, query);
  shown = groups.flatMap(({ places }) => places);
  list.classList.toggle('by-source', query.order === 'source');
  showUnderstood(conditionsOf(sheet, query.search));
  if (shown.length > 0) {
    cells.show(groups);
    if (!shown.includes(selected)) select(query.search === '' ? firstLoop(sheet, shown) : shown[0], false);
  } else list.replaceChildren(element('p', { class: 'empty' }, emptyWords(sheet)));
  const { count, unlisted } = countWords(sheet, shown.length);
  byId('count').textContent = count + unlisted;
  announce(count);
}

function select(place: number, isFocused: boolean): void {
  const before = cells.at(selected);
  before.setAttribute('aria-selected', 'false');
  before.tabIndex = -1;
  selected = place;
  const cell = cells.at(place);
  cell.setAttribute('aria-selected', 'true');
  cell.tabIndex = 0;
  details.show(place);
  if (!isFocused) return;
  cell.focus({ preventScroll: true });
  cell.scrollIntoView({ block: 'nearest' });
}

/** To another texture; what plays goes along. */
function go(place: number): void {
  const plays = playback.isPlaying();
  select(place, true);
  if (plays) playback.play(place);
}

function walk(direction: Direction): void {
  if (shown.length === 0) return;
  const standing = shown.map((place) => cells.at(place));
  go(shown[neighbour(standing, shown.indexOf(selected), direction)]);
}

function toggle(): void {
  if (playback.isPlaying()) playback.stop();
  else if (shown.length > 0) playback.play(selected);
}

function toggleChosen(): void {
  filters.toggleChosen();
  if (shown.length > 0) cells.at(selected).scrollIntoView({ block: 'nearest' });
}

function onClick(event: MouseEvent): void {
  const cell = (event.target as HTMLElement).closest<HTMLElement>('.cell');
  if (!cell) return;
  const place = Number(cell.dataset.place);
  const isSame = place === selected && playback.isPlaying();
  select(place, true);
  if (isSame) playback.stop();
  else playback.play(place);
}

function redraw(): void {
  cells.redraw();
  if (sheet.textures.length > 0) details.redraw();
}

byId('title').textContent = sheet.title;
const theme = createTheme(byId<HTMLButtonElement>('theme'), redraw);
list.addEventListener('click', onClick);
byId('play').addEventListener('click', toggle);
listenToKeys({
  walk,
  first: () => shown.length > 0 && go(shown[0]),
  last: () => shown.length > 0 && go(shown[shown.length - 1]),
  toggle,
  stop: playback.stop,
  leaveSearch: () => cells.at(selected).focus(),
  toggleChosen,
  changeTheme: theme.change,
});
window.addEventListener('resize', () => details.redraw());
// What was not read yet when it came into view.
document.addEventListener('DOMContentLoaded', redraw);
showChoice();
if (sheet.textures.length > 0) {
  select(firstLoop(sheet, shown), false);
  cells.at(selected).scrollIntoView({ block: 'nearest' });
}
