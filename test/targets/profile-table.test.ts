import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { profileNames, readProfile } from '../../src/palette/profiles.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';
import { parseProfile } from '../../src/targets/parse-profile.ts';
import { planKit } from '../../src/targets/plan-kit.ts';
import { kitsPage, profileRows } from '../../src/targets/profile-table.ts';

it('docs/KITS.md says what the profiles say', async () => {
  const page = readFileSync(new URL('../../docs/KITS.md', import.meta.url), 'utf8').replaceAll('\r\n', '\n');
  const profiles = await Promise.all(
    profileNames(nodePlatform).map((name) => readProfile(nodePlatform, name)),
  );
  // If this fails: npm run docs
  expect(kitsPage(page, profiles)).toBe(page);
  expect(() => kitsPage('nothing', profiles)).toThrow(RangeError);
});

it('tells how many samples a kit has, which is what one folder takes where all lie in one', async () => {
  const samplesOf = (profile: object) => {
    const text = JSON.stringify({ version: 1, id: 'mine', device: 'Mine', ...profile });
    return profileRows([parseProfile(text, 'mine.json')])[1][7];
  };
  expect(samplesOf({ most_samples: 400, folder: 'X', most_files_per_folder: 256 })).toBe('256');
  expect(samplesOf({ most_samples: 100, folder: 'X', most_files_per_folder: 256 })).toBe('100');
  expect(samplesOf({ most_samples: 400, folder: 'X/{kit}', most_files_per_folder: 256 })).toBe('400');
  const rows = profileRows([await readProfile(nodePlatform, 'tr8s')]);
  expect(rows[1][7]).toBe(String(planKit([], await readProfile(nodePlatform, 'tr8s'), 'K').limits.samples));
});

it('tells what is not known from what has no limit', () => {
  const text = JSON.stringify({
    ...{ version: 1, id: 'mine', device: 'Mine', sample_rates_hz: { least: 8000, most: 46_875 } },
    total_sec: { value: null, confidence: 'manual', source: 'its manual' },
    total_bytes: 64e6,
    channels: [1],
  });
  const [heads, row] = profileRows([parseProfile(text, 'mine.json')]);
  expect(Object.fromEntries(heads.map((head, i) => [head, row[i]]))).toEqual({
    ...{
      profile: 'mine',
      device: 'Mine',
      rate: '8k to 46.875k',
      bits: '?',
      channels: 'mono',
      'a sample': '?',
    },
    ...{ 'in all': '64 MB', samples: '?', name: '?', loops: '?', 'checked by': 'nobody' },
  });
});

it('says in a word who checked a profile, and how a device loops', () => {
  const cells = (figures: Record<string, unknown>) => {
    const text = JSON.stringify({ version: 1, id: 'mine', device: 'Mine', ...figures });
    const [, row] = profileRows([parseProfile(text, 'mine.json')]);
    return row.slice(-2);
  };
  const by = (confidence: string, value: unknown = null) => ({ value, confidence, source: 'somewhere' });
  const most = (confidence: string) => ({
    ...{ longest_sample_sec: by(confidence), most_samples: by(confidence) },
    ...{ sample_rates_hz: by(confidence), bit_depths: by(confidence) },
  });
  expect(cells({ ...most('manual'), loops: by('reported', 'doubtful') })).toEqual(['doubtful', 'manual']);
  expect(cells({ ...most('reported'), loops: by('manual', 'hand') })).toEqual(['by hand', 'owners']);
  expect(cells({ ...most('manual'), loops: by('measured', 'file') })).toEqual(['whole', 'device']);
  expect(cells({ loops: by('manual', 'points'), chunks: ['smpl'] })).toEqual(['points', 'nobody']);
});

it('leaves the memory that a device keeps for itself out of the table', async () => {
  const [, row] = profileRows([await readProfile(nodePlatform, 'octatrack')]);
  expect(row[6]).toBe('51.6 MB');
});
