/** The tray: textures laid into a device's places, its limits as one meter, and the kit made of them. */
import { announce, byId, element } from '../../../report/page/element.ts';
import type { Profile, Texture } from '../../protocol.ts';
import { getProfiles, postKit } from '../backend/api.ts';
import { backend, type Unanswered } from '../backend/backend.ts';
import type { History } from '../state/history.ts';
import { remember, remembered } from '../state/remembered.ts';
import { givenWords, madeWords, showKitMessage, showKitProblem } from './kit-message.ts';
import { createKitPlan } from './kit-plan.ts';
import { createKitSlots, type KitSlots } from './kit-slots.ts';
import { slotName } from './slots.ts';

/** What a kit is called until somebody says otherwise. */
export const KIT_NAME = 'My kit';

export interface Kit {
  /** Reads the devices' profiles. What is laid into the tray until then stays there. */
  open(): Promise<void>;
  /** Lays a texture into a place, or into the next free one. */
  put(texture: Texture, place?: number): void;
  /** Where the one lies, the other does from now on. */
  exchange(id: string, by: string): void;
  /** What lies in a place. */
  at(place: number): Texture | null;
  /** Whether a texture lies in one. */
  has(id: string): boolean;
}

interface KitHandlers {
  texture(id: string): Texture | undefined;
  onChoose(id: string): void;
  /** Something else lies in it, or it is another device's. */
  onChange(): void;
  readonly history: History;
}

export function createKit(handlers: KitHandlers): Kit {
  const device = byId<HTMLSelectElement>('kit-device');
  const name = byId<HTMLInputElement>('kit-name');
  const before = remembered('kit', { profile: '', name: KIT_NAME, slots: [] as (string | null)[] });
  name.value = before.name;
  const slots = createKitSlots(handlers, before, changed);
  let profiles: readonly Profile[] = [];
  const profile = () => profiles.find(({ id }) => id === slots.device());
  const request = () => {
    return { profile: slots.device(), name: name.value.trim(), ids: slots.ids().filter((id) => id !== null) };
  };
  const makeButton = createMakeButton(request, slots, () => profile()?.loading ?? '');
  const plan = createKitPlan({
    slots,
    makeButton: makeButton.button,
    request,
    limits: () => profile()?.limits,
    titleOf: (id) => handlers.texture(id)?.title ?? 'A texture that is gone',
  });

  function changed(): void {
    remember('kit', { profile: slots.device(), name: name.value, slots: slots.ids() });
    makeButton.reset();
    if (profile()) plan.update();
    handlers.onChange();
  }
  function chooseDevice(id: string): void {
    device.value = id;
    slots.setDevice(id);
    changed();
  }

  device.addEventListener('change', () => {
    const [before, after] = [slots.device(), device.value];
    handlers.history.did({
      words: 'the kit for another device',
      about: null,
      undo: () => chooseDevice(before),
      redo: () => chooseDevice(after),
    });
    chooseDevice(after);
  });
  name.addEventListener('input', changed);
  return {
    exchange: slots.exchange,
    has: (id) => slots.ids().includes(id),
    at: (place) => handlers.texture(slots.ids()[place] ?? '') ?? null,
    put(texture, place) {
      announce(`${texture.title} in ${slots.put(texture.id, place)}`);
    },
    async open() {
      ({ profiles } = await getProfiles());
      device.replaceChildren(
        ...profiles.map(({ id, device: words }) => element('option', { value: id }, words)),
      );
      slots.dropUnknown();
      const known = [before.profile, 'generic', profiles[0]?.id].find((id) =>
        profiles.some((one) => one.id === id),
      );
      if (known) chooseDevice(known);
    },
  };
}

/**
 * The button that makes the kit, and where one of that name is there already, replaces it.
 * @param loading how a kit gets into the device
 */
function createMakeButton(
  request: () => Parameters<typeof postKit>[0],
  slots: KitSlots,
  loading: () => string,
) {
  const button = byId<HTMLButtonElement>('kit-make');
  let force = false;

  function setForce(next: boolean): void {
    force = next;
    button.textContent = force ? 'replace that kit' : 'make the kit';
  }
  /** @param isByKey a button that is disabled loses the focus; who came with keys gets it back */
  async function make(isByKey: boolean): Promise<void> {
    if (button.disabled) return;
    button.disabled = true;
    showKitMessage('making the kit…');
    try {
      // A kit that is handed over as a file takes nobody's place.
      const { give } = backend();
      const kit = await postKit({ ...request(), places: placesOf(slots), force: force || give !== null });
      const words = give ? givenWords(kit, await give(kit.folder)) : madeWords(kit);
      setForce(false);
      showKitMessage(words, loading());
      announce(`Kit made: ${words}`);
    } catch (error) {
      const unanswered = error as Unanswered;
      setForce(unanswered.code === 'needs-force');
      const words = force
        ? 'A kit of that name is there already. Give another name, or replace it.'
        : unanswered.message;
      showKitProblem(unanswered, words);
      announce(words);
    }
    button.disabled = false;
    if (isByKey && document.activeElement === document.body) button.focus();
  }

  button.addEventListener('click', ({ detail }) => void make(detail === 0));
  return { button, reset: () => setForce(false) };
}

/** What the device calls the places that are filled. */
function placesOf(slots: KitSlots): string[] {
  return slots.ids().flatMap((id, place) => (id === null ? [] : [slotName(slots.device(), place)]));
}
