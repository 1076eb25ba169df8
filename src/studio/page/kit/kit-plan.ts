/** What the kit would be, asked of the server whenever the tray changes. */
import { stemOf } from '../../../curation/texture-path.ts';
import type { KitPlanAnswer, KitPlanRequest, KitSize } from '../../protocol.ts';
import { postKitPlan } from '../backend/api.ts';
import type { Unanswered } from '../backend/backend.ts';
import { showKitMessage } from './kit-message.ts';
import { showUsed } from './kit-meter.ts';
import type { KitSlots } from './kit-slots.ts';

/** Until a change of the tray is asked about, ms: whoever types a name does not want an answer a letter. */
const PAUSE_MS = 120;

export interface KitPlan {
  /** Asks again, a little later. */
  update(): void;
}

interface KitPlanParts {
  readonly slots: KitSlots;
  readonly makeButton: HTMLButtonElement;
  request(): KitPlanRequest;
  /** Of the chosen device. */
  limits(): KitSize<number | null> | undefined;
  titleOf(id: string): string;
}

export function createKitPlan({ slots, makeButton, request, limits, titleOf }: KitPlanParts): KitPlan {
  let timer = 0;
  /** Answers to what was asked before are no longer true. */
  let asked = 0;
  /** Takes back what was said of the plan before; what was made since is said on. */
  let takeBack = () => {};

  async function ask(): Promise<void> {
    const own = ++asked;
    const wanted = request();
    makeButton.disabled = wanted.ids.length === 0;
    if (wanted.ids.length === 0) {
      showEmpty();
      return;
    }
    try {
      const planned = await postKitPlan(wanted);
      if (own === asked) show(planned);
    } catch (error) {
      if (own === asked) takeBack = showKitMessage((error as Unanswered).message);
    }
  }
  function showEmpty(): void {
    const most = limits();
    slots.showPlan(new Map(), new Map());
    if (most) showUsed({ samples: 0, seconds: 0, bytes: 0 }, 0, most);
    takeBack = showKitMessage('', 'Empty: keep what you like, and add it with one press.');
  }
  function show({ slots: planned, leftOut, used, soundSec, limits }: KitPlanAnswer): void {
    const names = new Map(planned.map(({ id, file }) => [id, stemOf(file)]));
    slots.showPlan(names, new Map(leftOut.map(({ id, reason }) => [id, reason])));
    showUsed(used, soundSec, limits);
    const [first] = leftOut;
    takeBack();
    if (first) takeBack = showKitMessage(`${titleOf(first.id)} is left out: ${first.reason}.`);
  }

  return {
    update() {
      clearTimeout(timer);
      timer = window.setTimeout(ask, PAUSE_MS);
    },
  };
}
