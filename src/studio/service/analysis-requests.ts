/** What takes too long for the thread that answers requests: analysis, laying out, and reading songs. */
import { mayWrite } from '../../archive/export-root.ts';
import type { ExportLocation } from '../../engine/export-location.ts';
import { impressionsPath } from '../../engine/impression-entries.ts';
import { type ImpressionFile, openImpressionFile } from '../../engine/impression-file.ts';
import { AfterglowError } from '../../errors.ts';
import { embeddingOf, type TextureFile } from '../../palette/impressions.ts';
import { type PaletteTexture, readTexture } from '../../palette/palette.ts';
import type { Platform } from '../../platform/platform.ts';
import { overviewOf, reduced } from '../../report/overview.ts';
import { packOverview } from '../../report/page/overview.ts';
import { type LayoutItem, layOut } from './layout.ts';
import { type Excerpt, openSongs, type SongOverview } from './song.ts';

/** Every kind of request with what it is answered with. */
export interface AnalysisRequests {
  readonly embed: {
    readonly request: TextureFile & ExportLocation;
    /** Null where the sound cannot be read. */
    readonly result: Float32Array | null;
  };
  readonly picture: {
    readonly request: Pick<PaletteTexture, 'file' | 'isLoop'>;
    /** Waveform and spectrogram of a cell, as a report packs them; null where the sound cannot be read. */
    readonly result: Uint8Array | null;
  };
  readonly 'lay-out': {
    readonly request: { readonly items: readonly LayoutItem[] };
    readonly result: Float64Array;
  };
  readonly overview: {
    readonly request: { readonly file: string };
    readonly result: SongOverview | Problem;
  };
  readonly excerpt: {
    readonly request: { readonly file: string; readonly startSec: number; readonly endSec: number };
    readonly result: Excerpt | Problem;
  };
}

/** Why a song cannot be read, in a sentence. */
interface Problem {
  readonly problem: string;
}

export type AnalysisRequest = {
  [K in keyof AnalysisRequests]: { readonly kind: K } & AnalysisRequests[K]['request'];
}[keyof AnalysisRequests];
type AnalysisResult = AnalysisRequests[keyof AnalysisRequests]['result'];

/** @returns answers requests, one after the other */
export function createAnalysisQueue(
  platform: Platform,
): (request: AnalysisRequest) => Promise<AnalysisResult> {
  const songs = openSongs(platform);
  const impressions = new Map<string, ImpressionFile>();
  const impressionsIn = async ({ exportFolder, exportRoot }: ExportLocation) => {
    const known = impressions.get(exportFolder);
    if (known) return known;
    const isWritable = await mayWrite(platform, impressionsPath(exportFolder), exportRoot);
    const file = await openImpressionFile(platform, exportFolder, isWritable, () => true);
    // What is asked of it here it has read by now.
    await file.close();
    impressions.set(exportFolder, file);
    return file;
  };
  const answer = async (request: AnalysisRequest): Promise<AnalysisResult> => {
    switch (request.kind) {
      case 'embed':
        return embeddingOf(platform, await impressionsIn(request), request);
      case 'picture':
        return readTexture(platform, request).then(
          (sound) => packOverview(reduced(overviewOf(sound, request.isLoop))),
          nullOfUnread,
        );
      case 'lay-out':
        return layOut(request.items);
      case 'overview':
        return songs.overview(request.file).catch(problemOf);
      case 'excerpt':
        return songs.excerpt(request.file, request.startSec, request.endSec).catch(problemOf);
    }
  };
  let last: Promise<unknown> = Promise.resolve();
  return (request) => {
    const turn = last.then(() => answer(request));
    last = turn.catch(() => undefined);
    return turn;
  };
}

function nullOfUnread(error: unknown): null {
  if (error instanceof AfterglowError) return null;
  throw error;
}

function problemOf(error: unknown): Problem {
  if (error instanceof AfterglowError) return { problem: error.message };
  throw error;
}
