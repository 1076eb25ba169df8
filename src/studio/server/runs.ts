/** Making from the page: a phase on a source with other settings, by the engine's own plan and run. */
import { describeAllowed } from '../../config/allowed.ts';
import { type SettingNode, settingsTree } from '../../config/json-schema.ts';
import { parseConfig } from '../../config/parse.ts';
import type { Settings } from '../../config/settings.ts';
import { layer } from '../../config/trees.ts';
import type { RunEvent } from '../../engine/events.ts';
import { PHASE_WORK, PHASES, type Phase } from '../../engine/phases.ts';
import { plan } from '../../engine/plan.ts';
import { RELEVANT_SETTINGS } from '../../engine/relevant-settings.ts';
import { type RunResult, run } from '../../engine/run.ts';
import { freshSeed } from '../../engine/seed.ts';
import type { Plan } from '../../engine/task.ts';
import { AfterglowError, ConfigError } from '../../errors.ts';
import { type OwnProject, projectOf } from '../../palette/origin-project.ts';
import type { PhasesAnswer, RunRequest, Setting } from '../protocol.ts';
import type { Shelf } from './export-index.ts';
import type { Jobs, Outcome } from './jobs.ts';
import type { Library } from './library.ts';
import { badRequest } from './request-error.ts';

export interface Runs {
  phases(exportId: string): Promise<PhasesAnswer>;
  /** Begins a run; new textures lie beside protected ones. @throws Refusal; ConfigError that says what is wrong with the settings */
  start(request: RunRequest): Promise<void>;
}

/** How messages call the settings that were changed. */
const THESE = 'these settings';

/** @param jobs how many sources at once; undefined leaves it to the engine */
export function openRuns(library: Library, jobs: Jobs, own: OwnProject, threads: number | undefined): Runs {
  const requestOf = async ({ exportFolder }: Shelf) => {
    const { folder, settings } = await projectOf(exportFolder, own);
    const paths = { ...settings.paths, export_dir: exportFolder };
    return { projectFolder: folder, settings: { ...settings, paths } };
  };
  return {
    async phases(exportId) {
      try {
        const request = await requestOf(library.shelf(exportId));
        const { tasks } = await plan({ ...request, seed: 1, phases: PHASES });
        const phases = PHASES.map((phase) => ({
          ...{ phase, title: PHASE_WORK[phase].title, settings: settingsOf(phase, request.settings) },
          sources: tasks
            .filter(({ makings }) => makings.some((making) => makingsOf(phase).includes(making)))
            .map(({ name, source }) => ({ name, source }))
            .sort((a, b) => (a.name < b.name ? -1 : 1)),
        }));
        return { problem: null, phases };
      } catch (error) {
        if (!(error instanceof AfterglowError)) throw error;
        return { problem: error.message, phases: [] };
      }
    },
    async start({ export: exportId, phase: asked, source, settings: changes, seed }) {
      const shelf = library.shelf(exportId);
      const phase = PHASES.find((known) => known === asked);
      if (!phase) throw badRequest(`There is no phase “${asked}”.`);
      const request = await requestOf(shelf);
      const settings = changedSettings(request.settings, changes, phase);
      const wanted = seed ?? settings.reproducibility.random_seed;
      const planned = await plan({
        ...request,
        settings,
        ...{ seed: wanted ?? freshSeed(), anySeed: wanted === null, phases: [phase] },
        ...(source === null ? {} : { only: literally(source) }),
      });
      if (planned.tasks.length === 0) throw badRequest(nothingToDo(planned, phase, source));
      const title = `${PHASE_WORK[phase].title} from ${source ?? `${planned.tasks.length} sources`}`;
      const work = jobs.start({ kind: 'run', export: exportId, title }, async ({ signal, report }) => {
        const follow = progress(planned, report);
        const result = await run(planned, {
          ...(threads === undefined ? {} : { jobs: threads }),
          // What somebody kept or changed stays, and what was asked for is to be heard all the same.
          ...{ exportRoot: shelf.exportRoot, beside: true, signal, onEvent: follow },
        });
        await library.refresh();
        return outcomeOf(result);
      });
      // Its end is told to all pages.
      work.catch(() => undefined);
    },
  };
}

function makingsOf(phase: Phase) {
  const { makings } = PHASE_WORK[phase];
  return phase === 'make-hiss' ? [...makings, 'synthetic-hiss' as const] : makings;
}

/** The settings that a phase reads, its own before those that all share. */
function settingsOf(phase: Phase, settings: Settings): Setting[] {
  const names = [...new Set(makingsOf(phase).flatMap((making) => RELEVANT_SETTINGS[making]))];
  const { properties: sections = {} } = settingsTree();
  const found = names.flatMap((name) => {
    const [section, key] = name.split('.');
    const keys: Record<string, SettingNode> = sections[section].properties ?? {};
    const chosen = key === undefined ? Object.entries(keys) : [[key, keys[key]] as const];
    return chosen
      .filter(([, node]) => !node.properties)
      .map(([key, node]) => ({
        ...{ section, key, description: node.description ?? '', accepts: describeAllowed(node) },
        value: (settings[section as keyof Settings] as Record<string, unknown>)[key],
      }));
  });
  const own = (setting: Setting) => (SHARED.has(setting.section) ? 1 : 0);
  return found.sort((a, b) => own(a) - own(b));
}

const SHARED: ReadonlySet<string> = new Set([
  ...['global', 'brightness_tags', 'curation', 'export', 'musicality', 'pre_analysis', 'naming'],
]);

/** @throws Refusal where a phase does not read what is changed; ConfigError where a value is wrong */
function changedSettings(settings: Settings, changes: RunRequest['settings'], phase: Phase): Settings {
  const known = new Set(settingsOf(phase, settings).map(({ section, key }) => `${section}.${key}`));
  for (const [section, keys] of Object.entries(changes)) {
    for (const key of Object.keys(keys)) {
      if (!known.has(`${section}.${key}`)) {
        throw badRequest(`${PHASE_WORK[phase].title}: there is no setting “${section}.${key}”.`);
      }
    }
  }
  try {
    return parseConfig(JSON.stringify(layer(settings, changes)), THESE).settings;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    // Lines and columns are those of no file that anybody sees.
    throw new ConfigError(error.message.replaceAll(new RegExp(`^${THESE}(:\\d+)*: `, 'gm'), ''));
  }
}

/** A glob that matches one name. */
function literally(name: string): string {
  return name.replace(/[\\*?[\]{}()!+@|^$.]/g, '\\$&');
}

function nothingToDo({ problems }: Plan, phase: Phase, source: string | null): string {
  if (problems.length > 0) return problems[0].message;
  const { title } = PHASE_WORK[phase];
  return source === null
    ? `There is nothing to make ${title} from; its folder in the project is empty.`
    : `There is no source “${source}” to make ${title} from any more.`;
}

/** Turns a run's events into progress. */
function progress(
  { tasks }: Plan,
  report: (change: { share?: number; message?: string; made?: number }) => void,
): (event: RunEvent) => void {
  const shares = new Map<string, number>();
  const makings = new Map(tasks.map((task) => [task.source, task.makings.length]));
  let made = 0;
  const reached = (source: string, share: number, message: string) => {
    shares.set(source, Math.max(share, shares.get(source) ?? 0));
    const sum = [...shares.values()].reduce((total, one) => total + one, 0);
    report({ share: Math.min(1, sum / Math.max(1, tasks.length)), message, made });
  };
  const done = new Map<string, number>();
  return (event) => {
    switch (event.kind) {
      case 'analysing':
        reached(event.source, HEARING * event.share, `hearing ${event.source}`);
        break;
      case 'texture-made':
        made++;
        reached(event.source, 0, event.texture.path);
        break;
      case 'making-done': {
        const count = (done.get(event.source) ?? 0) + 1;
        done.set(event.source, count);
        const share = HEARING + ((1 - HEARING) * count) / (makings.get(event.source) ?? 1);
        reached(event.source, share, `${event.making} of ${event.source}`);
        break;
      }
      case 'source-done':
        reached(event.source, 1, event.source);
        break;
      default:
    }
  };
}

/** The share of a source's work that is hearing it. */
const HEARING = 0.3;

function outcomeOf(result: RunResult): Outcome {
  const { textures, failed, passedOver, stoppedEarly, sourcesUpToDate } = result;
  const count = textures.length === 1 ? '1 texture' : `${textures.length} textures`;
  const problems = [
    ...failed.map(({ source, message }) => `${source}: ${message}`),
    ...passedOver.map(({ source, reason }) => `${source}: ${reason}`),
  ];
  if (stoppedEarly === 'interrupted') return { message: `Stopped; ${count} had been made.`, problems };
  if (textures.length === 0 && failed.length === 0 && sourcesUpToDate > 0) {
    return { message: 'All of it was there already, as this would make it.', problems };
  }
  const made = new Set(textures.map(({ path }) => path));
  const beside = result.protected.filter((place) => place.beside !== null && made.has(place.beside)).length;
  return { message: `Made ${count}${besideWords(beside, textures.length)}.`, problems };
}

/** How many of the textures made lie beside protected ones. */
function besideWords(beside: number, made: number): string {
  if (beside === 0) return '';
  const those = beside === 1 ? 'one that you kept or changed' : 'those that you kept or changed';
  return beside === made ? `, beside ${those}` : `, ${beside} of them beside ${those}`;
}
