/** The tray: textures laid into a device's places, its limits as one meter, and the kit made of them. */
import { byId, element } from '../../report/page/element.ts';
import { figure } from '../../report/page/words.ts';
import type { KitAnswer, KitPlanAnswer, KitSize, Profile, Texture } from '../protocol.ts';
import { getProfiles, postKit, postKitPlan, type Unanswered } from './api.ts';
import { createKitSlots } from './kit-slots.ts';
import { remember, remembered } from './remembered.ts';
import { counted } from './words.ts';

/** Until a change of the tray is asked about, ms: whoever types a name does not want an answer a letter. */
const PAUSE_MS = 120;

export interface Kit {
  /** Reads the profiles; the tray is empty until then. */
  open(): Promise<void>;
  /** Lays a texture into a place, or into the next free one. */
  put(texture: Texture, place?: number): void;
  make(): void;
}

interface KitHand {
  texture(id: string): Texture | undefined;
  onChoose(id: string): void;
  say(words: string): void;
}

export function createKit(hand: KitHand): Kit {
  const device = byId<HTMLSelectElement>('kit-device');
  const name = byId<HTMLInputElement>('kit-name');
  const makeButton = byId<HTMLButtonElement>('kit-make');
  const slots = createKitSlots(hand, () => changed());
  let profiles: readonly Profile[] = [];
  let timer = 0;
  /** Answers to what was asked before are no longer true. */
  let asked = 0;
  let force = false;

  const profile = () => profiles.find(({ id }) => id === device.value);

  function changed(): void {
    remember('kit', { profile: device.value, name: name.value, slots: slots.ids() });
    force = false;
    makeButton.textContent = 'make the kit';
    clearTimeout(timer);
    timer = window.setTimeout(plan, PAUSE_MS);
  }

  function wish() {
    return { profile: device.value, name: name.value.trim(), ids: slots.ids().filter((id) => id !== null) };
  }

  async function plan(): Promise<void> {
    const asking = ++asked;
    const wanted = wish();
    makeButton.disabled = wanted.ids.length === 0;
    if (wanted.ids.length === 0) {
      const limits = profile()?.limits;
      slots.tell(new Map(), new Map());
      if (limits) meter({ samples: 0, seconds: 0, bytes: 0 }, limits);
      tell('');
      return;
    }
    try {
      const planned = await postKitPlan(wanted);
      if (asking === asked) showPlan(planned);
    } catch (error) {
      if (asking === asked) tell((error as Unanswered).message);
    }
  }

  function showPlan({ slots: planned, leftOut, used, limits }: KitPlanAnswer): void {
    const names = new Map(
      planned.map(({ id, file }) => [
        id,
        file
          .split('/')
          .at(-1)!
          .replace(/\.wav$/i, ''),
      ]),
    );
    slots.tell(names, new Map(leftOut.map(({ id, reason }) => [id, reason])));
    meter(used, limits);
    const [first] = leftOut;
    tell(first ? `${titleOf(first.id)} is left out: ${first.reason}.` : '');
  }

  const titleOf = (id: string) => hand.texture(id)?.title ?? 'A texture that is gone';

  /** The limit that is nearest to be reached fills the meter. */
  function meter(used: KitSize, limits: KitSize<number | null>): void {
    const parts = (['samples', 'seconds', 'bytes'] as const).map((what) => {
      const limit = limits[what];
      return limit === null ? 0 : used[what] / limit;
    });
    const filled = Math.min(1, Math.max(...parts));
    byId<HTMLProgressElement>('kit-meter').value = filled;
    byId('kit-used').textContent = usedWords(used, limits);
  }

  async function make(): Promise<void> {
    if (makeButton.disabled) return;
    makeButton.disabled = true;
    tell('making the kit…');
    try {
      const made = await postKit({ ...wish(), force });
      force = false;
      makeButton.textContent = 'make the kit';
      tellMade(made);
    } catch (error) {
      const { code, message } = error as Unanswered;
      force = code === 'needs-force';
      makeButton.textContent = force ? 'replace that kit' : 'make the kit';
      tell(force ? 'A kit of that name is there already. Give another name, or replace it.' : message);
      hand.say(byId('kit-told').textContent ?? '');
    }
    makeButton.disabled = false;
  }

  function tellMade({ folder, files, leftOut }: KitAnswer): void {
    const without = leftOut.length === 0 ? '' : ` ${counted(leftOut.length, 'texture')} did not fit.`;
    const words = `${counted(files.length, 'sample')} in ${folder}.${without}`;
    tell(words, profile()?.loading ?? '');
    hand.say(`Kit made: ${words}`);
  }

  function tell(words: string, more = ''): void {
    byId('kit-told').replaceChildren(
      element('span', {}, words),
      ' ',
      element('span', { class: 'quiet' }, more),
    );
  }

  function chooseDevice(id: string): void {
    device.value = id;
    slots.setDevice(id);
    changed();
  }

  device.addEventListener('change', () => chooseDevice(device.value));
  name.addEventListener('input', changed);
  makeButton.addEventListener('click', () => void make());

  return {
    make: () => void make(),
    put(texture, place) {
      const at = slots.put(texture.id, place);
      hand.say(`${texture.title} in ${at}`);
    },
    async open() {
      ({ profiles } = await getProfiles());
      device.replaceChildren(
        ...profiles.map(({ id, device: words }) => element('option', { value: id }, words)),
      );
      const before = remembered('kit', { profile: '', name: 'Evening', slots: [] as (string | null)[] });
      name.value = before.name;
      const known = [before.profile, 'generic', profiles[0]?.id].find((id) =>
        profiles.some((one) => one.id === id),
      );
      slots.fill(before.slots.map((id) => (id !== null && hand.texture(id) ? id : null)));
      if (known) chooseDevice(known);
    },
  };
}

function usedWords(used: KitSize, limits: KitSize<number | null>): string {
  const of = (amount: string, limit: number | null, unit: string) =>
    limit === null ? `${amount}${unit}` : `${amount} of ${figure(limit, 0)}${unit}`;
  const words = [
    of(String(used.samples), limits.samples, ''),
    of(figure(used.seconds, 0), limits.seconds, ' s'),
  ];
  if (limits.bytes !== null) words.push(of(figure(used.bytes / 1e6, 1), limits.bytes / 1e6, ' MB'));
  return words.join(' · ');
}
