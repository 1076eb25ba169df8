/** All that the studio's answers are made from, opened together and ended together. */
import type { OwnProject } from '../../palette/origin-project.ts';
import type { Platform } from '../../platform/platform.ts';
import type { StudioEvent } from '../protocol.ts';
import type { Analyser } from './analyser.ts';
import type { StudioExport } from './export-index.ts';
import { type Instruments, openInstruments } from './instruments.ts';
import { type Jobs, openJobs } from './jobs.ts';
import { type Kits, openKits } from './kits.ts';
import { type Library, openLibrary } from './library.ts';
import { type Mining, openMining } from './mining.ts';
import { openRenders, type Renders } from './renders.ts';
import { openRuns, type Runs } from './runs.ts';
import { openSources, type Sources } from './sources.ts';
import type { StudioMachine } from './studio-machine.ts';
import { openTextureMap, type TextureMap } from './texture-map.ts';

export interface Services {
  readonly platform: Platform;
  readonly library: Library;
  readonly textureMap: TextureMap;
  readonly sources: Sources;
  readonly analyser: Analyser;
  readonly jobs: Jobs;
  readonly kits: Kits;
  readonly instruments: Instruments;
  readonly runs: Runs;
  readonly mining: Mining;
  readonly renders: Renders;
  /** Brings what is under way to an end, and saves what is being saved. */
  close(): Promise<void>;
}

export interface ServicesRequest {
  readonly sites: readonly StudioExport[];
  readonly project: OwnProject;
  /** Receives what happens by itself. */
  readonly report: (event: StudioEvent) => void;
  /** Receives what should not have happened. */
  readonly onUnexpected: (error: unknown) => void;
}

export async function openServices(
  machine: StudioMachine,
  { sites, project, report, onUnexpected }: ServicesRequest,
): Promise<Services> {
  const { platform } = machine;
  const library = await openLibrary(machine, sites, report);
  const analyser = machine.openAnalyser();
  const jobs = openJobs(report, onUnexpected);
  const isBusy = () => jobs.current() !== null;
  const textureMap = openTextureMap(library, analyser, report, onUnexpected, isBusy);
  textureMap.prepare();
  library.paletteText();
  return {
    platform,
    library,
    textureMap,
    analyser,
    jobs,
    sources: openSources(machine, library, analyser, project),
    kits: openKits(platform, library, jobs, project.folder),
    instruments: openInstruments(machine, library, jobs, project.folder),
    runs: openRuns(machine, library, jobs, project),
    mining: openMining({ ...machine, jobs, library }),
    renders: openRenders(machine, library, jobs, project),
    async close() {
      textureMap.close();
      await jobs.close();
      await analyser.close();
      await library.close();
    },
  };
}
