/** New textures from the page: a phase on a song with other settings, or one texture made again. */
import { byId, element } from '../../report/page/element.ts';
import type { PhasesAnswer, Setting, Texture } from '../protocol.ts';
import { getPhases, postRender, postRun, type Unanswered } from './api.ts';

export interface Making {
  /** Makes more of a song. */
  openPhases(texture: Texture | null, exportId: string): Promise<void>;
  /** Makes a texture again. */
  openAgain(texture: Texture): void;
}

type Phase = PhasesAnswer['phases'][number];

/** What makes textures of a family. Pads are mined from songs or made of chosen material; dust is laid of others. */
const PHASES_OF_FAMILY: Record<Texture['family'], readonly string[]> = {
  pad: ['mine-pads', 'make-drones'],
  drone: ['make-drones'],
  swell: ['make-drones'],
  cloud: ['make-clouds'],
  hiss: ['make-hiss'],
  drum: ['mine-drums'],
  silence: ['mine-silences'],
  dust: ['mine-pads', 'make-drones'],
};

export function createMaking(say: (words: string) => void): Making {
  const dialog = byId<HTMLDialogElement>('making');
  const phaseChoice = byId<HTMLSelectElement>('making-phase');
  const sourceChoice = byId<HTMLSelectElement>('making-source');
  const fields = byId('making-settings');
  const again = byId<HTMLDialogElement>('again');
  let phases: readonly Phase[] = [];
  let exportId = '';
  let texture: Texture | null = null;
  /** Why nothing can be made at all. */
  let problem: string | null = null;

  const phase = () => phases.find((one) => one.phase === phaseChoice.value);

  /** The phase that made a texture, as far as its source is still there. */
  function phaseOf(of: Texture | null): Phase | undefined {
    if (!of) return undefined;
    const names = PHASES_OF_FAMILY[of.family];
    return phases.find(
      ({ phase, sources }) => names.includes(phase) && sources.some(({ name }) => name === of.source),
    );
  }

  function showPhase(): void {
    const chosen = phase();
    if (!chosen) return;
    const count = chosen.sources.length;
    sourceChoice.replaceChildren(
      element('option', { value: '' }, count === 0 ? 'no source' : `all ${count} sources`),
      ...chosen.sources.map(({ name, source }) => element('option', { value: name }, source)),
    );
    byId<HTMLButtonElement>('making-start').disabled = count === 0;
    const nothing = `No source for ${chosen.title} lies in this project; “afterglow init” shows where they go.`;
    byId('making-problem').textContent = problem ?? (count === 0 ? nothing : '');
    const own = chosen.sources.find(({ name }) => name === texture?.source);
    if (own) sourceChoice.value = own.name;
    fields.replaceChildren(...chosen.settings.map(settingField));
  }

  async function startRun(): Promise<void> {
    const seed = byId<HTMLInputElement>('making-seed').value.trim();
    const wish = {
      ...{ export: exportId, phase: phaseChoice.value, source: sourceChoice.value || null },
      settings: changedSettings(fields),
      ...(seed === '' ? {} : { seed: Number(seed) }),
    };
    await attempt(dialog, byId('making-problem'), () => postRun(wish), 'The making has begun.');
  }

  async function startAgain(): Promise<void> {
    if (!texture) return;
    const seed = byId<HTMLInputElement>('again-seed').value.trim();
    const length = byId<HTMLInputElement>('again-length').value.trim();
    const wish = {
      id: texture.id,
      ...(seed === '' ? {} : { seed: Number(seed) }),
      ...(length === '' ? {} : { lengthSec: Number(length) }),
    };
    await attempt(again, byId('again-problem'), () => postRender(wish), `${texture.title} is made again.`);
  }

  async function attempt(
    open: HTMLDialogElement,
    problem: HTMLElement,
    ask: () => Promise<unknown>,
    words: string,
  ): Promise<void> {
    problem.textContent = '';
    try {
      await ask();
      open.close();
      say(words);
    } catch (error) {
      problem.textContent = (error as Unanswered).message;
    }
  }

  phaseChoice.addEventListener('change', showPhase);
  byId('making-form').addEventListener('submit', (event) => {
    event.preventDefault();
    void startRun();
  });
  byId('again-form').addEventListener('submit', (event) => {
    event.preventDefault();
    void startAgain();
  });
  for (const open of [dialog, again])
    open.querySelector('.close')?.addEventListener('click', () => open.close());

  return {
    async openPhases(of, where) {
      texture = of;
      exportId = where;
      const words = byId('making-problem');
      words.textContent = 'asking what can be made…';
      byId<HTMLButtonElement>('making-start').disabled = true;
      dialog.showModal();
      try {
        const answer = await getPhases(where);
        ({ phases, problem } = answer);
        words.textContent = problem ?? '';
        phaseChoice.replaceChildren(
          ...phases.map((one) => element('option', { value: one.phase }, one.title)),
        );
        phaseChoice.value = (phaseOf(of) ?? phases[0])?.phase ?? '';
        showPhase();
      } catch (error) {
        words.textContent = (error as Unanswered).message;
      }
    },
    openAgain(of) {
      texture = of;
      byId('again-of').textContent = of.title;
      byId<HTMLInputElement>('again-seed').value = '';
      const length = byId<HTMLInputElement>('again-length');
      length.value = '';
      length.placeholder = of.durationSec.toFixed(2);
      byId('again-problem').textContent = '';
      again.showModal();
    },
  };
}

function settingField({ section, key, description, accepts, value }: Setting): HTMLElement {
  const now = typeof value === 'string' ? value : JSON.stringify(value);
  const label = element('label');
  const field = element('input', {
    ...{ type: 'text', placeholder: now, autocomplete: 'off', spellcheck: 'false' },
    ...{ 'data-section': section, 'data-key': key },
  });
  const title = element('span', { class: 'setting' }, key.replaceAll('_', ' '));
  label.append(title, field, element('span', { class: 'quiet' }, `${description} (${accepts})`));
  return label;
}

/** What was written, by section and key: numbers and lists as JSON has them, all else as text. */
function changedSettings(fields: HTMLElement): Record<string, Record<string, unknown>> {
  const changed: Record<string, Record<string, unknown>> = {};
  for (const field of fields.querySelectorAll('input')) {
    const text = field.value.trim();
    if (text === '') continue;
    const { section = '', key = '' } = field.dataset;
    changed[section] ??= {};
    changed[section][key] = writtenValue(text);
  }
  return changed;
}

function writtenValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
