/** The report's page. */
import { readSheet, readSound } from './blocks.ts';
import { createCells } from './cells.ts';
import { choose, FAMILY_ORDER, firstLoop, ORDERS, PLURALS, type Stretch } from './choice.ts';
import type { SheetTexture } from './contract.ts';
import { createTold } from './details.ts';
import { byId, element } from './element.ts';
import { type Direction, neighbour } from './neighbour-cell.ts';
import { createPlayer } from './player.ts';
import { createLight } from './theme.ts';

const sheet = readSheet();
const list = byId('textures');
const search = byId<HTMLInputElement>('search');
const order = byId<HTMLSelectElement>('order');
const help = byId<HTMLDialogElement>('help');

const cells = createCells(list, sheet);
const told = createTold(sheet);
const player = createPlayer(() => showSound());
const families = new Set<string>();
const chosenCount = sheet.textures.filter(({ rank }) => rank !== null).length;
/** What curate chose comes first; the rest is a click away. */
let onlyChosen = chosenCount > 0;
/** Places in the sheet, as they are shown. */
let shown: number[] = [];
let selected = 0;

function ask(): void {
  const stretches = choose(sheet, { search: search.value, families, onlyChosen, order: order.value });
  shown = stretches.flatMap(({ places }) => places);
  showSwitches();
  list.classList.toggle('by-source', order.value === 'source');
  if (shown.length > 0) lay(stretches);
  else list.replaceChildren(element('p', { class: 'empty' }, emptyWords()));
  const all = sheet.textures.length;
  const count = shown.length === all ? `${all} shown` : `${shown.length} of ${all} shown`;
  byId('count').textContent = count + unlistedWords();
  say(count);
}

/** Where rows alone would make the page too large, it does not list all. */
function unlistedWords(): string {
  const { unlisted, textures } = sheet;
  if (unlisted === 0) return '';
  return `; the export has ${unlisted + textures.length}, of which “afterglow studio” and manifest.csv show all`;
}

function lay(stretches: readonly Stretch[]): void {
  cells.show(stretches);
  if (!shown.includes(selected)) select(firstLoop(sheet, shown), false);
}

function emptyWords(): string {
  return sheet.textures.length === 0
    ? 'Nothing was excavated here yet. Run “afterglow all”, then “afterglow report” again.'
    : 'Nothing here answers to that. Take a word out of the search, or let another family or more than the chosen ones in.';
}

function select(place: number, isFocused: boolean): void {
  const before = cells.at(selected);
  before.setAttribute('aria-selected', 'false');
  before.tabIndex = -1;
  selected = place;
  const cell = cells.at(place);
  cell.setAttribute('aria-selected', 'true');
  cell.tabIndex = 0;
  told.show(place);
  if (!isFocused) return;
  cell.focus({ preventScroll: true });
  cell.scrollIntoView({ block: 'nearest' });
}

/** To another texture; what sounds goes along. */
function go(place: number): void {
  const sounds = player.isPlaying();
  select(place, true);
  if (sounds) play();
}

function play(): void {
  const texture = sheet.textures[selected];
  if (!texture) return;
  if (texture.preview) playSketch(texture);
  else playFile(texture);
  showSound();
}

function playSketch(texture: SheetTexture): void {
  const plays = player.play((rate) => readSound(selected, texture, rate), texture.isLoop);
  say(plays ? playWords(texture) : 'the page is still being read');
}

function playFile(texture: SheetTexture): void {
  player.playFile(texture.href, texture.isLoop, () => {
    told.miss(texture);
    say(`${texture.title} does not lie beside this page`);
  });
  say(`${playWords(texture)}, from its file`);
}

function playWords({ title, isLoop }: SheetTexture): string {
  return `plays ${title}${isLoop ? ', looping' : ''}`;
}

function stop(): void {
  if (!player.isPlaying()) return;
  player.stop();
  showSound();
  say('silence');
}

function toggle(): void {
  if (player.isPlaying()) stop();
  else play();
}

let sounding: HTMLElement | null = null;

function showSound(): void {
  sounding?.classList.remove('sounds');
  sounding = player.isPlaying() ? cells.at(selected) : null;
  sounding?.classList.add('sounds');
  byId('play').textContent = sounding ? 'stop' : 'play';
  byId('head').hidden = !sounding;
  if (sounding) requestAnimationFrame(moveHead);
}

function moveHead(): void {
  if (!player.isPlaying()) return;
  document.documentElement.style.setProperty('--position', String(player.position()));
  requestAnimationFrame(moveHead);
}

function say(words: string): void {
  byId('said').textContent = words;
}

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

function walk(direction: Direction): void {
  const standing = shown.map((place) => cells.at(place));
  go(shown[neighbour(standing, shown.indexOf(selected), direction)]);
}

/** Keys that mean something wherever one is, but for where one types or chooses. */
function onKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
  if (event.key === 'Escape') stop();
  const target = event.target as HTMLElement;
  if (target === search && event.key === 'Enter') cells.at(selected).focus();
  if (target.matches('input, select')) return;
  const direction = ARROWS[event.key];
  if (direction && shown.length > 0) walk(direction);
  else if (event.key === 'Home' && shown.length > 0) go(shown[0]);
  else if (event.key === 'End' && shown.length > 0) go(shown[shown.length - 1]);
  else if (event.key === ' ' && !target.matches('button, summary, a')) toggle();
  else if (event.key === 'Enter' && target.matches('.cell')) byId('file').click();
  else if (event.key === '/') search.focus();
  else if (event.key === 'c') changeChosen();
  else if (event.key === 'd') light.change();
  else if (event.key === '?') help.showModal();
  else return;
  event.preventDefault();
}

function onClick(event: MouseEvent): void {
  const cell = (event.target as HTMLElement).closest<HTMLElement>('.cell');
  if (!cell) return;
  const place = Number(cell.dataset.place);
  const isSame = place === selected && player.isPlaying();
  select(place, true);
  if (isSame) stop();
  else play();
}

function addChosen(): void {
  const button = byId<HTMLButtonElement>('chosen');
  button.hidden = chosenCount === 0;
  button.append(' ', element('span', {}, String(chosenCount)));
  button.addEventListener('click', changeChosen);
}

/** Only what was chosen, or all. */
function changeChosen(): void {
  if (chosenCount === 0) return;
  onlyChosen = !onlyChosen;
  ask();
  if (shown.length > 0) cells.at(selected).scrollIntoView({ block: 'nearest' });
}

/** What the switches let in, as the others stand. */
function showSwitches(): void {
  byId('chosen').setAttribute('aria-pressed', String(onlyChosen));
  for (const [family, count] of counts) {
    const of = sheet.textures.filter((one) => one.family === family && (!onlyChosen || one.rank !== null));
    count.textContent = String(of.length);
  }
}

/** How many there are, beside each family's name. */
const counts = new Map<string, HTMLElement>();

function addFamilies(): void {
  for (const family of FAMILY_ORDER) {
    if (!sheet.textures.some((texture) => texture.family === family)) continue;
    const count = element('span');
    counts.set(family, count);
    const button = element('button', { type: 'button', class: family, 'aria-pressed': 'false' });
    button.append(PLURALS[family as SheetTexture['family']], ' ', count);
    button.addEventListener('click', () => {
      const isIn = families.delete(family);
      if (!isIn) families.add(family);
      button.setAttribute('aria-pressed', String(!isIn));
      ask();
    });
    byId('families').append(button);
  }
}

function addOrders(): void {
  for (const name of Object.keys(ORDERS)) order.append(element('option', { value: name }, name));
}

byId('title').textContent = sheet.title;
addChosen();
addFamilies();
addOrders();
search.addEventListener('input', ask);
order.addEventListener('change', ask);
list.addEventListener('click', onClick);
document.addEventListener('keydown', onKey);
byId('play').addEventListener('click', toggle);
byId('keys').addEventListener('click', () => help.showModal());
const light = createLight(byId<HTMLButtonElement>('light'), redraw);
window.addEventListener('resize', () => told.redraw());
// What was not read yet when it came into view.
document.addEventListener('DOMContentLoaded', redraw);
ask();
if (sheet.textures.length > 0) {
  select(firstLoop(sheet, shown), false);
  cells.at(selected).scrollIntoView({ block: 'nearest' });
}

function redraw(): void {
  cells.redraw();
  if (sheet.textures.length > 0) told.redraw();
}
