/** An export that somebody brings back: what it holds is shown again, and gone on with. */
import { counted } from '../../wording/counted.ts';
import type { StudioEvent } from '../protocol.ts';
import type { Services } from '../service/services.ts';
import { putBack } from './export-files.ts';
import type { SavedExport } from './saved-export.ts';

/**
 * Takes it into a page that has no textures yet; either way the page is told what came of it.
 * @returns whether it was taken
 * @throws RequestError where a file of it cannot be read
 */
export async function takeBack(
  { platform, library, jobs }: Services,
  { name, files }: SavedExport,
  report: (event: StudioEvent) => void,
): Promise<boolean> {
  const isFree = library.all().length === 0 && jobs.current() === null;
  if (isFree) {
    await putBack(platform, files);
    await library.refresh();
  }
  const count = library.all().length;
  report({
    kind: 'answer',
    message: isFree
      ? `${counted(count, 'texture')} of “${name}” ${count === 1 ? 'is' : 'are'} back, as saved.`
      : `“${name}” is an export of afterglow, its textures made already; open this page once more, in another tab, and drop it there.`,
  });
  return isFree;
}
