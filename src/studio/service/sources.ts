/** Where a texture was found: its song, what else was found there, and how it sounds around that place. */

import { type OwnProject, sourceFile } from '../../palette/origin-project.ts';
import type { Platform } from '../../platform/platform.ts';
import { readable } from '../../report/title.ts';
import type { ContextHeaders, SourceAnswer } from '../protocol.ts';
import type { Analyser } from './analyser.ts';
import type { Answer } from './answer.ts';
import { digestText } from './digest-text.ts';
import type { Found, Library } from './library.ts';
import { notFound, RequestError } from './request-error.ts';
import { numberIn } from './requests.ts';
import type { StudioMachine } from './studio-machine.ts';

/** Seconds that are played before and after a find. */
const AROUND = { least: 0, most: 60, usual: 8 };
/** Seconds of a find that are played at most. */
const LONGEST_FIND = 120;
/** Where in a song a piece of it begins, seconds: a day is longer than any. */
const FROM = { least: 0, most: 86_400, usual: 0 };
/** Seconds of one piece of a song. */
const PIECE_SEC = 30;

export interface Sources {
  source(id: string): Promise<SourceAnswer>;
  /** A WAV of it and of what lies around it. @throws RequestError where the source cannot be played */
  context(id: string, query: URLSearchParams): Promise<Answer>;
  /** A WAV of a piece of its song, which the next piece follows. @throws as context */
  piece(id: string, query: URLSearchParams): Promise<Answer>;
}

export function openSources(
  { platform, say }: Pick<StudioMachine, 'platform' | 'say'>,
  library: Library,
  analyser: Analyser,
  own: OwnProject,
): Sources {
  return {
    async source(id) {
      const found = library.find(id);
      const { source_path: path } = found.texture.row;
      const place = await whereIs(platform, found, own);
      const overview = 'problem' in place ? place : await analyser.send('overview', place);
      const shown =
        'problem' in overview
          ? { problem: say(overview.problem), durationSec: null, peaks: [] }
          : { problem: null, durationSec: overview.durationSec, peaks: overview.peaks };
      return {
        source: path,
        title: readable(found.texture.source),
        ...shown,
        finds: path === '' ? [] : findsIn(library, found),
      };
    },
    async context(id, query) {
      const before = numberIn(query, 'before', AROUND);
      const after = numberIn(query, 'after', AROUND);
      const found = library.find(id);
      const { startSec, endSec } = regionOf(found);
      const end = Math.min(endSec, startSec + LONGEST_FIND) + after;
      return excerptOf(found, startSec - before, end);
    },
    async piece(id, query) {
      const from = numberIn(query, 'from', FROM);
      return excerptOf(library.find(id), from, from + PIECE_SEC);
    },
  };

  /** @throws RequestError where the source cannot be played */
  async function excerptOf(found: Found, from: number, to: number): Promise<Answer> {
    const place = await whereIs(platform, found, own);
    if ('problem' in place) throw notFound(place.problem);
    const excerpt = await analyser.send('excerpt', { ...place, startSec: from, endSec: to });
    if ('problem' in excerpt) throw new RequestError(422, 'not-found', excerpt.problem);
    const { startSec, endSec } = regionOf(found);
    const headers: ContextHeaders = {
      'afterglow-start-sec': String(excerpt.startSec),
      'afterglow-find-start-sec': String(startSec),
      'afterglow-find-end-sec': String(endSec),
      'afterglow-source-sec': String(excerpt.songSec),
    };
    const stamp = digestText(`${place.file} ${from} ${to} ${excerpt.bytes.length}`);
    return { kind: 'bytes', bytes: excerpt.bytes, type: 'audio/wav', stamp, headers: { ...headers } };
  }
}

/** The file of the source, or why it cannot be played. */
async function whereIs(
  platform: Platform,
  found: Found,
  own: OwnProject,
): Promise<{ file: string } | { problem: string }> {
  const { source_path: path } = found.texture.row;
  if (path === '') return { problem: 'It was made from noise, so there is no song to play it in.' };
  const place = await sourceFile(platform, path, found.exportIndex.exportFolder, own);
  if (place !== null) return { file: place.file };
  return {
    problem: `Its source, “${path}”, is not there any more; bring it back, or open the studio with --config of its project.`,
  };
}

function regionOf({ texture: { row } }: Found): { startSec: number; endSec: number } {
  const startSec = Number(row.source_start_sec);
  return { startSec, endSec: Math.max(startSec, Number(row.source_end_sec)) };
}

/** What was found in the same source, by place. */
function findsIn(library: Library, { texture, exportIndex }: Found): SourceAnswer['finds'] {
  return library
    .all()
    .filter((other) => other.exportIndex.facts.id === exportIndex.facts.id)
    .filter((other) => other.texture.row.source_path === texture.row.source_path)
    .map((other) => ({ id: other.shown.id, ...regionOf(other) }))
    .sort((a, b) => a.startSec - b.startSec || a.endSec - b.endSec || (a.id < b.id ? -1 : 1));
}
