/** The studio's page: its parts, and what each does when another changes. */
import { announce, byId } from '../../report/page/element.ts';
import { createTheme } from '../../report/page/theme.ts';
import type { Texture } from '../protocol.ts';
import { backend } from './backend/backend.ts';
import { createCellsView } from './cells/cells.ts';
import { createFilters } from './choosing/filters.ts';
import { createPaletteStore } from './choosing/palette-store.ts';
import { createCompare } from './details/compare.ts';
import { createDetails, showDecision } from './details/details.ts';
import { createPictures } from './details/pictures.ts';
import { createSong } from './details/song.ts';
import { createActions } from './hands/actions.ts';
import { connectMidi } from './hands/connect-midi.ts';
import { connectControls } from './hands/controls.ts';
import { createDeciding } from './keeping/deciding.ts';
import { createDecisions } from './keeping/decisions.ts';
import { createMany } from './keeping/many.ts';
import { makeDraggable } from './kit/drag.ts';
import { createInstruments } from './kit/instruments.ts';
import { connectKept } from './kit/kept.ts';
import { createKit, KIT_NAME } from './kit/kit.ts';
import { layOutColumns } from './kit/kit-columns.ts';
import { followPlayback } from './listening/playheads.ts';
import { createSoundSystem } from './listening/sound-system.ts';
import { createRenderDialog } from './making/render-dialog.ts';
import { createRunDialog } from './making/run-dialog.ts';
import { createVersions } from './making/versions.ts';
import { createLasso } from './map/lasso.ts';
import { createMap } from './map/map.ts';
import { createNotices } from './session/notices.ts';
import { createPaletteViews, describeDrop } from './session/palette-views.ts';
import { createSelection } from './session/selection.ts';
import { createSession } from './session/session.ts';
import { songKey } from './songs/song-finds.ts';
import { createSongsView } from './songs/songs.ts';
import { createHistory } from './state/history.ts';
import { isOn, restoreSwitches } from './state/switches.ts';

const history = createHistory();
const decisions = createDecisions(history);
const store = createPaletteStore(({ id }) => decisions.of(id));
const selected = () => store.selected.get();
const sound = createSoundSystem({
  selected,
  truePeakDb(texture) {
    const peak = store.figure(texture, 'true_peak_dbtp');
    return peak === '' ? null : Number(peak);
  },
  history,
  rate: () => commonest(store.palette().textures.map(({ sampleRate }) => sampleRate)) ?? 44_100,
});
const { player, playback } = sound;
const deciding = createDeciding(decisions, selected);
const compare = createCompare();
const pictures = createPictures();
const song = createSong((id) => store.texture(id)?.title ?? 'another find', goTo);
const details = createDetails({ onChoose: goTo, onStars: (stars) => deciding.giveStars(stars) });
const map = createMap({
  onChoose: choose,
  onHover(texture, at) {
    hover(texture);
    describeDrop(texture, at, { store, decisions });
  },
  level: () => sound.output.level(),
});
const cells = createCellsView({ onChoose: choose, onHover: hover });
const songs = createSongsView({
  onChoose: choose,
  onHover: hover,
  onThrough: (texture) => void playback.playThrough(texture),
  onStop() {
    playback.stop();
    announce('silence');
  },
  source: song.source,
});
const filters = createFilters((isSearch) => {
  const query = filters.query();
  filters.count(store.palette(), store.isOffered);
  store.query(query);
  // A search that was cleared has no first hit.
  selection.settle(isSearch && query.search.trim() !== '' ? 'searched' : 'filtered');
});
const views = createPaletteViews({ store, decisions, filters, map, cells, songs });
const selection = createSelection({
  store,
  decisions,
  sound,
  map,
  cells,
  songs,
  details,
  pictures,
  song,
  compare,
});
const kit = createKit({
  texture: (id) => store.texture(id) ?? undefined,
  onChoose: goTo,
  onChange: () => kept.show(),
  history,
});
const instruments = createInstruments(
  () => selected()?.export ?? store.palette().exports[0]?.id ?? 'e1',
  () => byId<HTMLInputElement>('kit-name').value.trim() || KIT_NAME,
);
const kept = connectKept({
  history,
  kit,
  kept: () => store.palette().textures.filter(({ id }) => decisions.of(id).decision === 'keep'),
});
const many = createMany({
  decisions,
  history,
  shown: () => store.shown.get(),
  selected,
  toKit: (texture) => kit.put(texture),
});
many.picked.watch((textures) => {
  const picked = new Set(textures.map(({ id }) => id));
  map.pick([...picked]);
  for (const view of [cells, songs]) view.mark({ picked });
});
createLasso(byId('map'), {
  within: map.within,
  textureAt: map.textureAt,
  onCircled: many.add,
  onPressed: many.toggle,
});
connectMidi(sound, kit);
const runDialog = createRunDialog();
const notices = createNotices({
  onSetting: (asked) => void runDialog.openAt(asked),
  onRefresh: () => void session.refresh(),
  onPlay: ({ rendering }) => rendering && versions.play(rendering),
});
const versions = createVersions({
  decisions,
  history,
  kit,
  playback,
  texture: store.texture,
  refresh: () => session.refresh(),
  go: (texture) => selection.go(texture),
  select: (texture) => selection.select(texture),
});
store.selected.watch(versions.show);
store.shown.watch(() => kept.show());
for (const signal of [store.shown, store.selected]) signal.watch(() => instruments.showOf(store.palette()));
const session = createSession({
  store,
  decisions,
  filters,
  notices,
  onPlaces: views.setPlaces,
  selection,
  versions,
});
store.fresh.watch(map.markFresh);
const theme = createTheme(byId<HTMLButtonElement>('theme'), () => {
  for (const view of [map, cells, songs]) view.repaint();
  pictures.redraw();
});
const actions = createActions({
  store,
  selection,
  sound,
  map,
  cells,
  songs,
  history,
  deciding,
  compare,
  kit,
  keptToKit: kept.take,
  many,
  versions,
  runDialog,
  renderDialog: createRenderDialog(),
  theme,
});

/** With the pointer: the selected one again, and it stops or plays. */
function choose(texture: Texture): void {
  if (many.click(texture)) return;
  if (texture.id === selected()?.id && !playback.isPreview()) actions.play();
  else {
    selection.select(texture);
    void playback.play(texture);
  }
}

function goTo(id: string): void {
  const texture = store.texture(id);
  if (texture) selection.go(texture);
}

function isOfSelectedSong(id: string): boolean {
  const [one, other] = [store.texture(id), selected()];
  const { columns } = store.palette();
  return one !== null && other !== null && songKey(one, columns) === songKey(other, columns);
}

function hover(texture: Texture | null): void {
  store.look(texture);
  if (isOn('as-i-go')) playback.preview(texture);
  if (texture) sound.sounds.prepare([texture]);
}

function commonest(values: readonly number[]): number | undefined {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

decisions.changed.watch((id) => {
  const texture = selected();
  if (texture?.id === id) showDecision(texture, decisions.of(id));
  // What was decided just now stays in sight, also where the filter would no longer show it.
  store.shown.set(store.shown.get());
});
decisions.saving.watch(notices.saving);
player.sounding.watch((sounding) => {
  byId('play').querySelector('span')!.textContent = sounding ? 'stop' : 'play';
  byId('play').classList.toggle('active', sounding?.what === 'texture');
  byId('in-song').classList.toggle('active', sounding?.what === 'place');
  const isSong = sounding?.what === 'song';
  const playing = isSong ? null : (sounding?.id ?? null);
  map.setPlaying(playing);
  for (const view of [cells, songs]) view.mark({ playing });
  songs.setThrough(isSong ? sounding.id : null);
});
connectControls({ actions, piano: sound.piano, compare, deciding });
makeDraggable(byId('name'), selected);
makeDraggable(byId('map'), ({ clientX, clientY }) => {
  const { left, top } = byId('map').getBoundingClientRect();
  return map.textureAt({ x: clientX - left, y: clientY - top });
});
window.addEventListener('resize', pictures.redraw);
new ResizeObserver(() => layOutColumns(byId('kit-slots'))).observe(byId('kit-slots'));
followPlayback(player, playback, () => selected()?.id ?? null, isOfSelectedSong, songs.showPlayhead);
restoreSwitches();
sound.levels.isOn.set(isOn('even'));

/** Shows the palette, and follows what becomes of it. */
export async function openStudio(): Promise<void> {
  try {
    await session.open();
    backend().listen(
      session.onEvent,
      () => notices.trouble(null),
      () => notices.trouble(`${backend().words.lost} What you decide meanwhile waits in this one.`),
    );
    await kit.open();
    await instruments.open();
  } catch (error) {
    byId('details-none').textContent = (error as Error).message;
  }
}
