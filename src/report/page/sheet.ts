import { rowFacts } from '../../curation/row-facts.ts';
import { titleOf } from '../title.ts';
import { unpackColumns } from './columns.ts';
import type { PackedSheet, Sheet, SheetTexture } from './contract.ts';

/** The sheet with all that follows from its rows. */
export function unpackSheet(packed: PackedSheet): Sheet {
  const { title, unlisted, families, columns } = packed;
  const columnAt = new Map(columns.map((column, i) => [column, i]));
  const textures = unpackColumns(packed.figures).map((figures, place): SheetTexture => {
    const cell = (column: string) => figures[columnAt.get(column) ?? -1] ?? '';
    const path = cell('path');
    const { name, ...facts } = rowFacts(cell);
    const preview = packed.previews[place];
    return {
      ...facts,
      ...titleOf(name, cell('source')),
      path,
      href: packed.base + path.split('/').map(encodeURIComponent).join('/'),
      family: cell('type'),
      root: facts.root ? cell('root_note') : '',
      rank: packed.ranks[place] || null,
      quality: packed.qualities[place] / 1000,
      figures,
      preview: preview ? { frameCount: preview[0], channelCount: preview[1], sampleRate: preview[2] } : null,
    };
  });
  return { title, unlisted, families, columns, textures };
}
