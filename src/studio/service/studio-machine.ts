import type { Platform } from '../../platform/platform.ts';
import type { Analyser } from './analyser.ts';
import type { RenderedOne, RenderTask } from './render-one.ts';

/** What the studio asks of a machine: the engine's platform, and threads for what would keep answers waiting. */
export interface StudioMachine {
  readonly platform: Platform;
  /** Sources that are mined at once; undefined leaves it to the engine, 0 works in the caller's own thread. */
  readonly runJobs: number | undefined;
  /** The engine's sentences as this machine's user reads them. */
  say(sentence: string): string;
  openAnalyser(): Analyser;
  /** Makes one texture again. It writes nothing, so it may be ended at any moment. */
  render(task: RenderTask, onProgress: (share: number) => void, signal: AbortSignal): Promise<RenderedOne>;
  /**
   * Calls back when something in a folder may have changed, where the machine says so.
   * @returns ends it
   */
  watch(folder: string, onChange: () => void): () => void;
}
