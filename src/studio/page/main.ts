/** The studio's page: what each part does when another changes. */
import { byId } from '../../report/page/element.ts';
import { createLight } from '../../report/page/theme.ts';
import { seconds } from '../../report/page/words.ts';
import type { Texture } from '../protocol.ts';
import { getNeighbours, OFFLINE } from './api.ts';
import { ORDERS } from './choice.ts';
import { createCompare } from './compare.ts';
import { createDeciding } from './deciding.ts';
import { createDecisions } from './decisions.ts';
import { createTold } from './details.ts';
import { showEmpty } from './empty-message.ts';
import { listenToServer } from './events.ts';
import { createFilters } from './filters.ts';
import { type Actions, keyGroups } from './key-groups.ts';
import { listenToKeys, writeHelp } from './keys.ts';
import { createKit } from './kit.ts';
import { makeDraggable } from './kit-slots.ts';
import { createList } from './list.ts';
import { createMap } from './map.ts';
import type { Point } from './map-view.ts';
import { createNotices } from './notices.ts';
import { createDesk } from './palette-store.ts';
import { createPictures } from './pictures.ts';
import { createListening } from './playback.ts';
import { followSound } from './playheads.ts';
import { remember } from './remembered.ts';
import { createMaking } from './run-dialog.ts';
import { createSession } from './session.ts';
import { createSong } from './song.ts';
import { isList, isOn, restoreSwitches, setView, toggle } from './switches.ts';
import { hideTip, showTip } from './tooltip.ts';
import { noteOf } from './words.ts';

/** Neighbours that lines are drawn to, and that are told. */
const NEAR = 5;
/** Rows before and after the selected one whose sounds are fetched ahead. */
const AHEAD = [1, 2, -1, 3];

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
const deciding = createDeciding(decisions, selected, say);
const compare = createCompare();
const making = createMaking(say);
const pictures = createPictures();
const song = createSong((id) => desk.texture(id)?.title ?? 'another find', choose);
const told = createTold(
  { pictures, song },
  { onChoose: choose, onStars: (stars) => deciding.giveStars(stars) },
);
const filters = createFilters(ask);
const notices = createNotices({
  onRefresh: () => void session.refresh(),
  onHear: ({ rendering }) => {
    const of = rendering && desk.texture(rendering.of);
    if (rendering && of) void listening.playAddress(`/api/rendered/${rendering.id}`, of);
  },
});
const map = createMap({
  onChoose: (texture) => take(texture),
  onHover: point,
  level: () => listening.output.level(),
});
const list = createList({
  onChoose: (texture) => take(texture),
  onHover: (texture) => hover(texture),
});
const kit = createKit({ texture: (id) => desk.texture(id) ?? undefined, onChoose: choose, say });

const session = createSession({
  ...{ desk, decisions, filters, notices, say, onSelect: select },
  onPlaces(next) {
    places = next;
    showMap();
  },
});

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

function point(texture: Texture | null, at: Point): void {
  hover(texture);
  if (!texture) {
    hideTip();
    return;
  }
  const key = desk.figure(texture, 'detected_key') || (texture.root ? noteOf(texture.root.note) : '');
  const facts = [key, seconds(texture.durationSec)].filter(Boolean).join(', ');
  showTip(decisions.of(texture.id).name ?? texture.title, facts, at);
}

function see(view: 'map' | 'list'): void {
  setView(view);
  say(view);
}

function hover(texture: Texture | null): void {
  if (isOn('as-i-go')) listening.preview(texture);
  if (texture) listening.sounds.prepare([texture]);
}

decisions.changed.watch((id) => {
  const texture = selected();
  if (texture?.id === id) told.showDecision(texture, decisions.of(id));
  // What was decided just now stays in sight, also where the filter would no longer show it.
  list.refresh();
  desk.shown.set(desk.shown.get());
});
decisions.saving.watch(notices.saving);

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
  keep: () => deciding.decide('keep'),
  pass: () => deciding.decide('reject'),
  undo() {
    const undone = decisions.undo();
    const texture = undone && desk.texture(undone.id);
    if (texture) select(texture);
    say(undone ? `undone: ${undone.words}` : 'nothing is left to undo');
  },
  stars: deciding.moreStars,
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
  view: () => see(isList() ? 'map' : 'list'),
  zoom: map.magnify,
  asIGo: () => say(toggle('as-i-go')),
  even: () => {
    say(toggle('even'));
    listening.isEven.set(isOn('even'));
  },
  light: () => light.change(),
  help: () => byId<HTMLDialogElement>('help').showModal(),
  silence() {
    listening.silence();
    say('silence');
  },
};

async function layer(texture: Texture): Promise<void> {
  const isLaid = await listening.layers.toggle(texture);
  say(isLaid ? `${texture.title} laid as a layer` : `${texture.title} taken away`);
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
  ...{ 'view-map': () => see('map'), 'view-list': () => see('list') },
  'compare-release': compare.release,
})) {
  byId(id).addEventListener('click', run);
}
for (const [id, part] of [
  ['note', 'note'],
  ['own-name', 'name'],
] as const) {
  byId(id).addEventListener('change', () => deciding.write(part, byId<HTMLInputElement>(id).value));
}
makeDraggable(byId('name'), () => selected()?.id ?? null);
desk.selected.watch((texture) => texture && remember('selected', texture.id));
const light = createLight(byId<HTMLButtonElement>('light'), () => {
  map.repaint();
  pictures.redraw();
});
window.addEventListener('resize', pictures.redraw);
followSound(listening, () => selected()?.id ?? null);
restoreSwitches();
listening.isEven.set(isOn('even'));

async function open(): Promise<void> {
  try {
    await session.open();
    listenToServer(
      session.onEvent,
      () => notices.trouble(null),
      () => notices.trouble(`${OFFLINE} What you decide meanwhile waits in this one.`),
    );
    await kit.open();
  } catch (error) {
    byId('told-none').textContent = (error as Error).message;
  }
}

void open();
