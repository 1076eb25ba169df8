import { expect, it } from 'vitest';
import { type ManifestRow, manifestRow } from '../../src/archive/manifest-row.ts';
import { emptyCache } from '../../src/engine/cache.ts';
import type { ShardFolder } from '../../src/engine/shard-folders.ts';
import { assertNoClash, holds, union } from '../../src/engine/union.ts';

const WHOLE = manifestRow({
  ...{ path: 'song/pads/one.wav', source: 'song', type: 'pad', duration_sec: 2, rms_db: -20, peak: 0.5 },
  ...{ crest_factor: 4, centroid_hz: 900, grade: 'A', channels: 2, sample_rate: 44_100, bit_depth: 24 },
  ...{ true_peak_dbtp: -1, dc_offset: 0, seed: '7', engine_version: '1.0.0', making: 'pads' },
  ...{ making_index: 1, settings: 'abc' },
});
const LOST: ManifestRow = { ...WHOLE, seed: '' };
const OTHER: ManifestRow = { ...WHOLE, seed: '8' };

const shard = (folder: string, row: ManifestRow): ShardFolder => ({
  ...{ folder, notice: null, cache: emptyCache() },
  rows: new Map([[row.path, row]]),
});

it('takes the whole row of two where the other lost something', () => {
  for (const shards of [
    [shard('a', LOST), shard('b', WHOLE)],
    [shard('b', WHOLE), shard('a', LOST)],
  ]) {
    expect(union(shards)).toMatchObject([{ row: WHOLE, from: { folder: 'b' } }]);
  }
  expect(() => union([shard('a', OTHER), shard('b', WHOLE)])).toThrow(/is not the same in “a” and “b”/);
});

it('merges over what lost something, and not what lost something over the rest', () => {
  const brought = (row: ManifestRow) => union([shard('a', row)]);
  const listed = (row: ManifestRow) => new Map([[row.path, row]]);
  expect(() => assertNoClash(brought(WHOLE), listed(LOST), 'there')).not.toThrow();
  expect(() => assertNoClash(brought(LOST), listed(WHOLE), 'there')).not.toThrow();
  expect(() => assertNoClash(brought(OTHER), listed(WHOLE), 'there')).toThrow(/--force/);
  expect([holds(WHOLE, LOST), holds(LOST, WHOLE), holds(WHOLE, WHOLE)]).toEqual([true, false, true]);
});
