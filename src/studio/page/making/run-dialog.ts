/** New textures from the page: a phase on a song, with other settings. */
import { byId, element } from '../../../report/page/element.ts';
import type { NotMade, PhasesAnswer, Texture } from '../../protocol.ts';
import { getPhases, postRun } from '../backend/api.ts';
import { backend, type Unanswered } from '../backend/backend.ts';
import { createDialog, seedIn } from './dialog.ts';
import { createSettingFields, type SettingFields } from './setting-fields.ts';

/** A setting that kept a run from making more. */
export interface AskedSetting extends Pick<NotMade, 'phase' | 'source'> {
  /** The id of the export. */
  readonly export: string;
  readonly setting: NotMade['settings'][number];
}

export interface RunDialog {
  /** Offers to make more of a texture's song. */
  open(texture: Texture): Promise<void>;
  /** Offers a run with another value of one setting. */
  openAt(asked: AskedSetting): Promise<void>;
}

type Phase = PhasesAnswer['phases'][number];

/** What is offered first. */
interface Offered {
  readonly phase: string | undefined;
  /** The name of a source; null: all. */
  readonly source: string | null;
}

export function createRunDialog(): RunDialog {
  const dialog = createDialog('run', () => void start());
  const phaseChoice = byId<HTMLSelectElement>('run-phase');
  const fields = createSettingFields(byId('run-settings'));
  let answer: PhasesAnswer = { problem: null, phases: [] };
  let exportId = '';
  let source: string | null = null;

  function showChosen(): void {
    const chosen = answer.phases.find(({ phase }) => phase === phaseChoice.value);
    if (!chosen) return;
    showPhase(chosen, source, fields);
    dialog.showProblem(answer.problem ?? (chosen.sources.length === 0 ? nothingWords(chosen) : ''));
  }
  async function start(): Promise<void> {
    const request = {
      export: exportId,
      phase: phaseChoice.value,
      source: byId<HTMLSelectElement>('run-source').value || null,
      settings: fields.changed(),
      ...seedIn('run-seed'),
    };
    await dialog.send(() => postRun(request), 'The run has started.', fields.explained);
  }

  /** @returns whether there is something to offer */
  async function open(of: string, offer: (phases: readonly Phase[]) => Offered): Promise<boolean> {
    exportId = of;
    dialog.showProblem('asking what can be made…');
    byId<HTMLButtonElement>('run-start').disabled = true;
    dialog.open();
    try {
      answer = await getPhases(of);
      dialog.showProblem(answer.problem ?? '');
      phaseChoice.replaceChildren(
        ...answer.phases.map(({ phase, title }) => element('option', { value: phase }, title)),
      );
      const offered = offer(answer.phases);
      source = offered.source;
      const wanted = answer.phases.find(({ phase }) => phase === offered.phase) ?? answer.phases[0];
      phaseChoice.value = wanted?.phase ?? '';
      showChosen();
      return true;
    } catch (error) {
      dialog.showProblem((error as Unanswered).message);
      return false;
    }
  }

  phaseChoice.addEventListener('change', showChosen);
  return {
    async open(texture) {
      await open(texture.export, (phases) => ({
        phase: phaseOf(texture, phases)?.phase,
        source: texture.source,
      }));
    },
    async openAt({ export: of, phase, source, setting }) {
      if (await open(of, () => ({ phase: phase ?? undefined, source }))) fields.goTo(setting);
    },
  };
}

/** The phase that made a texture, as far as its source is still there. */
function phaseOf(texture: Texture, phases: readonly Phase[]): Phase | undefined {
  return phases.find(({ families, sources }) => {
    return families.includes(texture.family) && sources.some(({ name }) => name === texture.source);
  });
}

/** What a phase may be made of, and its settings. @param source that is chosen, where the phase has it */
function showPhase({ sources, settings }: Phase, source: string | null, fields: SettingFields): void {
  const choice = byId<HTMLSelectElement>('run-source');
  const all = { 0: 'no source', 1: 'its one source' }[sources.length] ?? `all ${sources.length} sources`;
  choice.replaceChildren(
    element('option', { value: '' }, all),
    ...sources.map(({ name, title }) => element('option', { value: name }, title)),
  );
  byId<HTMLButtonElement>('run-start').disabled = sources.length === 0;
  const own = sources.find(({ name }) => name === source);
  if (own) choice.value = own.name;
  fields.show(settings);
}

function nothingWords({ title }: Phase): string {
  return backend().words.noSource.replace('WHAT', title);
}
