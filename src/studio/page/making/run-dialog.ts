/** New textures from the page: a phase on a song, with other settings. */
import { byId, element } from '../../../report/page/element.ts';
import type { PhasesAnswer, Texture } from '../../protocol.ts';
import { getPhases, postRun } from '../backend/api.ts';
import { backend, type Unanswered } from '../backend/backend.ts';
import { createDialog, seedIn } from './dialog.ts';
import { createSettingFields, type SettingFields } from './setting-fields.ts';

export interface RunDialog {
  /** Offers to make more of a texture's song. */
  open(texture: Texture): Promise<void>;
}

type Phase = PhasesAnswer['phases'][number];

export function createRunDialog(): RunDialog {
  const dialog = createDialog('run', () => void start());
  const phaseChoice = byId<HTMLSelectElement>('run-phase');
  const fields = createSettingFields(byId('run-settings'));
  let answer: PhasesAnswer = { problem: null, phases: [] };
  let texture: Texture | null = null;

  function showChosen(): void {
    const chosen = answer.phases.find(({ phase }) => phase === phaseChoice.value);
    if (!chosen) return;
    showPhase(chosen, texture, fields);
    dialog.showProblem(answer.problem ?? (chosen.sources.length === 0 ? nothingWords(chosen) : ''));
  }
  async function start(): Promise<void> {
    if (!texture) return;
    const request = {
      export: texture.export,
      phase: phaseChoice.value,
      source: byId<HTMLSelectElement>('run-source').value || null,
      settings: fields.changed(),
      ...seedIn('run-seed'),
    };
    await dialog.send(() => postRun(request), 'The run has started.', fields.explained);
  }

  phaseChoice.addEventListener('change', showChosen);
  return {
    async open(of) {
      texture = of;
      dialog.showProblem('asking what can be made…');
      byId<HTMLButtonElement>('run-start').disabled = true;
      dialog.open();
      try {
        answer = await getPhases(of.export);
        dialog.showProblem(answer.problem ?? '');
        phaseChoice.replaceChildren(
          ...answer.phases.map(({ phase, title }) => element('option', { value: phase }, title)),
        );
        phaseChoice.value = (phaseOf(of, answer.phases) ?? answer.phases[0])?.phase ?? '';
        showChosen();
      } catch (error) {
        dialog.showProblem((error as Unanswered).message);
      }
    },
  };
}

/** The phase that made a texture, as far as its source is still there. */
function phaseOf(texture: Texture, phases: readonly Phase[]): Phase | undefined {
  return phases.find(({ families, sources }) => {
    return families.includes(texture.family) && sources.some(({ name }) => name === texture.source);
  });
}

/** What a phase may be made of, and its settings. @param texture whose source is chosen, where the phase has it */
function showPhase({ sources, settings }: Phase, texture: Texture | null, fields: SettingFields): void {
  const choice = byId<HTMLSelectElement>('run-source');
  const all = { 0: 'no source', 1: 'its one source' }[sources.length] ?? `all ${sources.length} sources`;
  choice.replaceChildren(
    element('option', { value: '' }, all),
    ...sources.map(({ name, title }) => element('option', { value: name }, title)),
  );
  byId<HTMLButtonElement>('run-start').disabled = sources.length === 0;
  const own = sources.find(({ name }) => name === texture?.source);
  if (own) choice.value = own.name;
  fields.show(settings);
}

function nothingWords({ title }: Phase): string {
  return backend().words.noSource.replace('WHAT', title);
}
