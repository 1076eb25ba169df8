import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { afterglow, beat, emptyFolder, put, SMALL_CONFIG, wav } from './afterglow.ts';

let folder: string;
beforeEach(async () => {
  folder = await emptyFolder();
  await put(folder, 'config.yaml', SMALL_CONFIG);
  const bytes = wav(beat(1, 22_050), 16);
  for (const name of ['b/beat', 'a/beat', 'copy of beat']) await put(folder, `drums/${name}.wav`, bytes);
  await put(folder, 'drums/other.wav', wav(beat(1.1, 22_050), 16));
});
afterEach(() => rm(folder, { recursive: true }));

const SENTENCE =
  'drums/a/beat.wav stands for drums/b/beat.wav, drums/copy of beat.wav too, which are the same byte for byte';
const COPIED = [{ source: 'drums/a/beat.wav', copies: ['drums/b/beat.wav', 'drums/copy of beat.wav'] }];

describe('a file that is there three times', () => {
  it('is mined once, and that is said in the dry run and the summary', async () => {
    const dry = await afterglow(['make-hiss', '--dry-run'], { folder });
    expect(dry.stderr).toContain(`[*] ${SENTENCE}\n`);
    expect(dry.stdout).not.toContain('copy of beat');
    const run = await afterglow(['make-hiss', 'mine-drums'], { folder });
    expect([run.status, run.stderr.split('made\n').length - 1]).toEqual([0, 2]);
    expect(run.stdout).toContain(`there several times, byte for byte, and mined once\n  ${SENTENCE}\n`);
  });

  it('stands in both documents, and in that of a batch', async () => {
    const dry = await afterglow(['make-hiss', '--dry-run', '--json'], { folder });
    expect(JSON.parse(dry.stdout).copied).toEqual(COPIED);
    const run = await afterglow(['make-hiss', '--json'], { folder });
    expect(JSON.parse(run.stdout).copied).toEqual(COPIED);
    const batch = await afterglow(['batch', '--input', '.', '--export', 'out', '--json'], { folder });
    expect(JSON.parse(batch.stdout).excavate.copied).toEqual(COPIED);
  });
});
