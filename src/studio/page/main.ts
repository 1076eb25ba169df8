/** The studio's page: what each part does when another changes. */
import { byId } from '../../report/page/element.ts';
import { createLight } from '../../report/page/light.ts';
import { seconds } from '../../report/page/words.ts';
import type { StudioEvent, Texture } from '../protocol.ts';
import { getMap, getNeighbours, getPalette, type Unanswered } from './api.ts';
import { ORDERS } from './choice.ts';
import { createCompare } from './compare.ts';
import { createDecisions } from './decisions.ts';
import { createDesk } from './desk.ts';
import { showEmpty } from './empty.ts';
import { listenToServer } from './events.ts';
import { createFilters } from './filters.ts';
import { followSound } from './heads.ts';
import { type Actions, keyGroups } from './key-groups.ts';
import { listenToKeys, writeHelp } from './keys.ts';
import { createKit } from './kit.ts';
import { makeDraggable } from './kit-slots.ts';
import { createList } from './list.ts';
import { createListening } from './listening.ts';
import { createMaking } from './making.ts';
import { createMap } from './map.ts';
import type { Point } from './map-view.ts';
import { createNotices } from './notices.ts';
import { createPictures } from './pictures.ts';
import { remember, remembered } from './remembered.ts';
import { createSong } from './song.ts';
import { createTold } from './told.ts';
import { noteOf } from './words.ts';

/** Neighbours that lines are drawn to, and that are told. */
const NEAR = 5;
/** Rows before and after the selected one whose sounds are fetched ahead. */
const AHEAD = [1, 2, -1, 3];
const MOST_STARS = 5;

const decisions = createDecisions();
const desk = createDesk(({ id }) => decisions.of(id));
const selected = () => desk.selected.get();
let places: ReadonlyMap<string, Point> = new Map();
let near: readonly Texture[] = [];

const say = (words: string): void => {
  byId('said').textContent = words;
};

const listening = createListening({
  selected,
  say,
  truePeakDb: (texture) => {
    const peak = desk.figure(texture, 'true_peak_dbtp');
    return peak === '' ? null : Number(peak);
  },
  rate: () => commonest(desk.palette().textures.map(({ sampleRate }) => sampleRate)) ?? 44_100,
});
const { player } = listening;
const compare = createCompare();
const making = createMaking(say);
const pictures = createPictures();
const song = createSong((id) => desk.texture(id)?.title ?? 'another find', choose);
const told = createTold({ pictures, song }, { onChoose: choose, onStars: giveStars });
const filters = createFilters(ask);
const notices = createNotices({
  onRefresh: () => void refresh(),
  onHear: ({ rendering }) => {
    const of = rendering && desk.texture(rendering.of);
    if (rendering && of) void listening.playAddress(`/api/rendered/${rendering.id}`, of);
  },
});
const map = createMap({
  onChoose: (texture) => take(texture),
  onHover: showTip,
  level: () => listening.output.level(),
});
const list = createList({
  onChoose: (texture) => take(texture),
  onHover: (texture) => hover(texture),
});
const kit = createKit({ texture: (id) => desk.texture(id) ?? undefined, onChoose: choose, say });

/* Choosing */

/** Chosen by hand: again, and it stops or plays. */
function take(texture: Texture): void {
  if (texture.id === selected()?.id && !listening.isPreview()) actions.play();
  else {
    select(texture);
    void listening.play(texture);
  }
}

function choose(id: string): void {
  const texture = desk.texture(id);
  if (texture) go(texture);
}

/** To another texture; it sounds where that is wished, or where something sounds already. */
function go(texture: Texture, isFocused = false): void {
  const sounds = player.sounding.get() !== null;
  select(texture, isFocused);
  if (sounds || isOn('as-i-go')) void listening.play(texture);
}

function select(texture: Texture, isFocused = false): void {
  desk.selected.set(texture);
  list.select(texture.id, isFocused && isList());
}

desk.selected.watch((texture) => {
  near = [];
  told.show(texture, texture ? decisions.of(texture.id) : {}, desk.palette());
  compare.show(texture);
  map.select(texture?.id ?? null, []);
  if (!texture) return;
  listening.piano.setRoot(texture.root?.note ?? null);
  byId('sound-problem').hidden = true;
  byId<HTMLButtonElement>('seam').disabled = texture.loop === null;
  byId<HTMLButtonElement>('layer').disabled = texture.loop === null;
  pictures.show(texture, listening.sounds.peek(texture));
  window.setTimeout(() => void tellMore(texture), 0);
});

/** What is asked of the server, once the hand rests on a texture. */
async function tellMore(texture: Texture): Promise<void> {
  const isStill = () => selected()?.id === texture.id;
  if (!isStill()) return;
  const shown = desk.shown.get();
  const at = shown.findIndex(({ id }) => id === texture.id);
  const ways = (['left', 'right', 'up', 'down'] as const).map((way) => map.towards(way));
  const rows = AHEAD.map((by) => shown[at + by]);
  listening.sounds.prepare(
    [texture, ...(isList() ? [...rows, ...ways] : [...ways, ...rows])].filter((one) => !!one),
  );
  try {
    const sound = await listening.sounds.get(texture);
    if (isStill()) pictures.show(texture, sound);
    const { neighbours } = await getNeighbours(texture.id);
    if (!isStill()) return;
    near = neighbours.flatMap(({ id }) => desk.texture(id) ?? []).slice(0, NEAR);
    told.showSimilar(near);
    map.select(
      texture.id,
      near.map(({ id }) => id),
    );
  } catch (error) {
    byId('sound-problem').textContent = (error as Error).message;
    byId('sound-problem').hidden = !isStill();
  }
}

/* Showing */

function ask(): void {
  desk.ask(filters.wish());
}

desk.shown.watch((shown) => {
  const { textures } = desk.palette();
  const kept = textures.filter(({ id }) => decisions.of(id).decision === 'keep').length;
  const count =
    shown.length === textures.length ? `${shown.length} shown` : `${shown.length} of ${textures.length}`;
  byId('count').textContent = `${count} · ${kept} kept`;
  const { order } = filters.wish();
  const figure = order in ORDERS || order === 'stars' ? null : order;
  list.show({
    shown,
    decision: ({ id }) => decisions.of(id),
    figure: figure === null ? null : { name: figure, of: (texture) => desk.figure(texture, figure) },
  });
  showMap();
  showEmpty(desk.palette(), shown.length, filters.clear);
});

function showMap(): void {
  map.show({
    textures: desk.palette().textures,
    places,
    isShown: desk.isShown,
    decision: ({ id }) => decisions.of(id).decision,
  });
}

function isList(): boolean {
  return document.documentElement.dataset.view === 'list';
}

function setView(view: 'map' | 'list'): void {
  document.documentElement.dataset.view = view;
  byId('view-map').setAttribute('aria-pressed', String(view === 'map'));
  byId('view-list').setAttribute('aria-pressed', String(view === 'list'));
  remember('view', view);
  say(view);
}

function showTip(texture: Texture | null, at: Point): void {
  const tip = byId('tip');
  tip.hidden = texture === null;
  hover(texture);
  if (!texture) return;
  tip.querySelector('.tip-name')!.textContent = decisions.of(texture.id).name ?? texture.title;
  const key = desk.figure(texture, 'detected_key') || (texture.root ? noteOf(texture.root.note) : '');
  tip.querySelector('.tip-facts')!.textContent = [key, seconds(texture.durationSec)]
    .filter(Boolean)
    .join(', ');
  const { clientWidth } = byId('map');
  const left = Math.max(8, Math.min(clientWidth - tip.offsetWidth - 8, at.x + 14));
  tip.style.transform = `translate(${left}px, ${Math.max(8, at.y - 44)}px)`;
}

function hover(texture: Texture | null): void {
  if (isOn('as-i-go')) listening.preview(texture);
  if (texture) listening.sounds.prepare([texture]);
}

/* Deciding */

function decide(decision: 'keep' | 'reject'): void {
  const texture = selected();
  if (!texture) return;
  const isSo = decisions.of(texture.id).decision === decision;
  const words = `${isSo ? 'take back' : decision === 'keep' ? 'keep' : 'pass over'} ${texture.title}`;
  decisions.change({ id: texture.id, decision: isSo ? null : decision }, words);
  say(
    isSo ? `${texture.title} undecided` : `${texture.title} ${decision === 'keep' ? 'kept' : 'passed over'}`,
  );
}

function giveStars(stars: number): void {
  const texture = selected();
  if (!texture) return;
  const now = decisions.of(texture.id).stars ?? 0;
  const next = Math.max(0, Math.min(MOST_STARS, stars === now ? 0 : stars));
  decisions.change({ id: texture.id, stars: next === 0 ? null : next }, `stars of ${texture.title}`);
  say(`${next} of ${MOST_STARS} stars`);
}

function write(part: 'note' | 'name', field: HTMLInputElement): void {
  const texture = selected();
  const text = field.value.trim();
  if (!texture || text === (decisions.of(texture.id)[part] ?? '')) return;
  decisions.change({ id: texture.id, [part]: text === '' ? null : text }, `${part} of ${texture.title}`);
}

decisions.changed.watch((id) => {
  const texture = selected();
  if (texture?.id === id) told.showDecision(texture, decisions.of(id));
  // What was decided just now stays in sight, also where the filter would no longer show it.
  list.refresh();
  desk.shown.set(desk.shown.get());
});
decisions.saving.watch(notices.saving);

/* The server */

async function open(): Promise<void> {
  const [palette, placed] = await Promise.all([getPalette(), getMap().catch(() => null)]);
  if (placed) places = placesOf(placed.places);
  decisions.take(palette.textures);
  desk.lay(palette);
  filters.offer(palette);
  ask();
  const warning = palette.exports.flatMap(
    (one) => one.warning ?? (palette.textures.length > 0 ? one.problem : null) ?? [],
  );
  notices.trouble(warning.length > 0 ? warning.join(' ') : null);
  if (palette.job) notices.job(palette.job);
  const [first] = desk.shown.get();
  const before = desk.texture(remembered<string | null>('selected', null));
  if (!selected() && (before ?? first)) select(before ?? first);
  performance.mark('palette shown');
  if (!placed) await refreshMap();
}

async function refresh(): Promise<void> {
  try {
    await open();
    notices.changed(null);
    say('The palette is shown as it is now.');
  } catch (error) {
    notices.trouble((error as Unanswered).message);
  }
}

async function refreshMap(): Promise<void> {
  places = placesOf((await getMap()).places);
  showMap();
}

function onEvent(event: StudioEvent): void {
  if (event.kind === 'palette-changed') {
    notices.changed('The export has changed: a run has written to it.');
    say('The export has changed.');
  } else if (event.kind === 'decisions-changed') decisions.take(event.changes);
  else if (event.kind === 'listening')
    byId('map-told').textContent = `listening: ${event.done} of ${event.all}`;
  else if (event.kind === 'map-changed') {
    byId('map-told').textContent = '';
    void refreshMap();
  } else if (event.kind === 'job') notices.job(event.job);
  else if (event.kind === 'job-done') {
    notices.jobDone(event);
    say(event.message);
  } else
    notices.trouble(
      'The studio was ended. Start “afterglow studio” again, and open the address that it prints.',
    );
}

function placesOf(all: readonly { readonly id: string; readonly x: number; readonly y: number }[]) {
  return new Map(all.map(({ id, x, y }) => [id, { x, y }]));
}

function commonest(values: readonly number[]): number | undefined {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

/* Keys and controls */

function withSelected(run: (texture: Texture) => void): () => void {
  return () => {
    const texture = selected();
    if (texture) run(texture);
  };
}

const actions: Actions = {
  walk(direction) {
    const texture = isList()
      ? desk.beside(direction === 'up' || direction === 'left' ? -1 : 1)
      : map.towards(direction);
    if (texture) go(texture, true);
  },
  step(by) {
    const texture = desk.beside(by);
    if (texture) go(texture, true);
  },
  play: withSelected((texture) => {
    if (player.sounding.get()) {
      listening.stop();
      say('silence');
    } else void listening.play(texture);
  }),
  seam: withSelected((texture) => {
    if (texture.loop) void listening.play(texture, 'seam');
    else say('it plays once, so it has no seam');
  }),
  song: withSelected((texture) => void listening.playSong(texture)),
  layer: withSelected((texture) => {
    if (texture.loop) void layer(texture);
    else say('it plays once; loops can be layered');
  }),
  layers: () => void listening.layers.toggleAll(),
  compare: withSelected((texture) => {
    const to = compare.step(texture);
    if (to) {
      select(to);
      void listening.play(to);
    } else say(`${texture.title} is held; b goes between it and another`);
  }),
  piano: listening.piano.toggle,
  keep: () => decide('keep'),
  pass: () => decide('reject'),
  undo() {
    const undone = decisions.undo();
    if (undone) choose(undone.id);
    say(undone ? `undone: ${undone.words}` : 'nothing is left to undo');
  },
  stars: moreStars,
  note: () => byId('note').focus(),
  rename: () => byId('own-name').focus(),
  slot: (place) => withSelected((texture) => kit.put(texture, place))(),
  tray: withSelected((texture) => kit.put(texture)),
  again: withSelected(making.openAgain),
  more() {
    const texture = selected();
    void making.openPhases(texture, texture?.export ?? desk.palette().exports[0]?.id ?? 'e1');
  },
  search: () => byId('search').focus(),
  view: () => setView(isList() ? 'map' : 'list'),
  zoom: map.magnify,
  asIGo: () => toggle('as-i-go'),
  even: () => {
    toggle('even');
    listening.isEven.set(isOn('even'));
  },
  light: () => light.change(),
  help: () => byId<HTMLDialogElement>('help').showModal(),
  silence() {
    listening.silence();
    say('silence');
  },
};

function moreStars(by: number): void {
  const texture = selected();
  if (!texture) return;
  const now = decisions.of(texture.id).stars ?? 0;
  const next = Math.max(0, Math.min(MOST_STARS, now + by));
  if (next !== now) giveStars(next === 0 ? now : next);
}

async function layer(texture: Texture): Promise<void> {
  const isLaid = await listening.layers.toggle(texture);
  say(isLaid ? `${texture.title} laid as a layer` : `${texture.title} taken away`);
}

function isOn(id: 'as-i-go' | 'even'): boolean {
  return byId(id).getAttribute('aria-pressed') === 'true';
}

function toggle(id: 'as-i-go' | 'even'): void {
  byId(id).setAttribute('aria-pressed', String(!isOn(id)));
  remember(id, isOn(id));
  say(`${byId(id).querySelector('span')?.textContent} ${isOn(id) ? 'on' : 'off'}`);
}

player.sounding.watch((sounding) => {
  const isTexture = sounding?.what === 'texture';
  byId('play').querySelector('span')!.textContent = sounding ? 'stop' : 'play';
  byId('play').classList.toggle('active', isTexture);
  byId('in-song').classList.toggle('active', sounding?.what === 'song');
  map.setPlaying(sounding?.id ?? null);
  list.setPlaying(sounding?.id ?? null);
});

const groups = keyGroups(actions);
writeHelp(groups);
listenToKeys(groups, {
  onEscape: actions.silence,
  intercept: ({ code, repeat }) => listening.piano.isOpen() && (repeat || listening.piano.press(code)),
});
document.addEventListener('keyup', ({ code }) => listening.piano.release(code));
for (const [id, run] of Object.entries({
  ...{
    play: actions.play,
    seam: actions.seam,
    'in-song': actions.song,
    layer: actions.layer,
    compare: actions.compare,
  },
  ...{
    'layers-all': actions.layers,
    keep: actions.keep,
    pass: actions.pass,
    undo: actions.undo,
    'to-kit': actions.tray,
  },
  ...{
    'make-again': actions.again,
    'make-more': actions.more,
    'piano-toggle': actions.piano,
    silence: actions.silence,
  },
  ...{ 'as-i-go': actions.asIGo, even: actions.even, keys: actions.help },
  ...{
    nearer: () => map.magnify('nearer'),
    further: () => map.magnify('further'),
    whole: () => map.magnify('whole'),
  },
  ...{ 'view-map': () => setView('map'), 'view-list': () => setView('list') },
  'compare-release': compare.release,
})) {
  byId(id).addEventListener('click', run);
}
for (const [id, part] of [
  ['note', 'note'],
  ['own-name', 'name'],
] as const) {
  byId(id).addEventListener('change', () => write(part, byId<HTMLInputElement>(id)));
}
makeDraggable(byId('name'), () => selected()?.id ?? null);
desk.selected.watch((texture) => texture && remember('selected', texture.id));
const light = createLight(byId<HTMLButtonElement>('light'), () => {
  map.repaint();
  pictures.redraw();
});
window.addEventListener('resize', pictures.redraw);
followSound(listening, () => selected()?.id ?? null);
for (const id of ['as-i-go', 'even'] as const)
  byId(id).setAttribute('aria-pressed', String(remembered(id, true)));
listening.isEven.set(isOn('even'));
setView(remembered<'map' | 'list'>('view', 'map'));

try {
  await open();
  listenToServer(
    onEvent,
    () => notices.trouble(null),
    () =>
      notices.trouble(
        'The studio’s server does not answer. Start “afterglow studio” again; what you decide meanwhile is kept here.',
      ),
  );
  await kit.open();
} catch (error) {
  byId('told-none').textContent = (error as Error).message;
}
