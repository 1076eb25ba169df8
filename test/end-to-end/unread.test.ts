import { spawnSync } from 'node:child_process';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listedRows } from '../../src/archive/manifest.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';
import { hasTool } from '../tools.ts';
import { afterglow, beat, emptyFolder, put, SMALL_CONFIG, wav } from './afterglow.ts';

/** Music that cannot be read, in folders that two phases look in. */
const UNREAD = {
  'drums/.Old Beat.wav.icloud': 'drums/Old Beat.wav',
  'drums/tape.sd2': 'drums/tape.sd2',
  'drums/loop.rx2': 'drums/loop.rx2',
  'source_audio/master.dsf': 'source_audio/master.dsf',
  'source_audio/empty.wav': 'source_audio/empty.wav',
};

let folder: string;
beforeEach(async () => {
  folder = await emptyFolder();
  await put(folder, 'config.yaml', SMALL_CONFIG);
});
afterEach(() => rm(folder, { recursive: true }));

const putUnread = () =>
  Promise.all(Object.keys(UNREAD).map((path) => put(folder, path, path.includes('empty') ? '' : 'x')));
const failuresIn = (text: string) => (text.match(/^\[✗\] .*$/gm) ?? []).sort();
const count = (text: string, part: string) => text.split(part).length - 1;

/** A WAV whose header states another sample rate. */
function withRate(bytes: Uint8Array, hertz: number): Uint8Array {
  const changed = bytes.slice();
  new DataView(changed.buffer).setUint32(24, hertz, true);
  return changed;
}

describe('music that cannot be read', () => {
  it('is named once, in the summary too, whatever phases look there, and fails no run', async () => {
    await putUnread();
    await put(folder, 'drums/beat.wav', wav(beat(1, 22_050), 16));
    const run = await afterglow(['make-hiss', 'mine-drums', 'mine-pads'], { folder });
    expect([run.status, run.stderr.includes('[✗]')]).toEqual([0, false]);
    const [, told] = run.stdout.split('skipped\n');
    for (const source of Object.values(UNREAD)) {
      expect([source, count(run.stderr, source), count(told, source)]).toEqual([source, 1, 1]);
      expect(run.stderr).toMatch(new RegExp(`^\\[!\\] ${source}: it is .*; `, 'm'));
    }
  });

  it('fails in the dry run with the words of the run, where a header tells', async () => {
    const whole = wav(beat(1, 22_050), 16);
    await put(folder, 'drums/beat.wav', whole);
    await put(folder, 'drums/note.wav', 'Bounce the drums again, louder.');
    await put(folder, 'drums/broken.wav', whole.subarray(0, 20));
    await put(folder, 'drums/rate.wav', withRate(whole, 1000));
    const phases = ['make-hiss', 'mine-drums'];
    const dry = await afterglow([...phases, '--dry-run'], { folder });
    expect(dry.stdout).toContain('beat/');
    expect(dry.stdout).not.toMatch(/note|broken|rate/);
    const { failed } = JSON.parse((await afterglow([...phases, '--dry-run', '--json'], { folder })).stdout);
    const run = await afterglow([...phases, '--json'], { folder });
    expect(failuresIn(dry.stderr)).toHaveLength(3);
    expect(failuresIn(dry.stderr)).toEqual(failuresIn(run.stderr));
    const sourceOf = ({ source }: { source: string }) => source;
    const bySource = (all: { source: string }[]) => all.sort((a, b) => (sourceOf(a) < sourceOf(b) ? -1 : 1));
    expect(bySource(failed)).toEqual(bySource(JSON.parse(run.stdout).failed));
  });

  it('stands in the dry run and in both documents', async () => {
    await putUnread();
    await put(folder, 'drums/beat.wav', wav(beat(1, 22_050), 16));
    const dry = await afterglow(['make-hiss', 'mine-drums', '--dry-run'], { folder });
    expect(dry.stderr).toMatch(/^\[!\] drums\/Old Beat\.wav: it is in iCloud .*; download it/m);
    const { unread, folders } = JSON.parse(
      (await afterglow(['make-hiss', '--dry-run', '--json'], { folder })).stdout,
    );
    expect(unread.map(({ source }: { source: string }) => source)).toEqual([
      'drums/Old Beat.wav',
      'drums/loop.rx2',
      'drums/tape.sd2',
    ]);
    expect(folders).toMatchObject([{ sources: 1, unread: 3, others: 0 }]);
    const { passed_over } = JSON.parse((await afterglow(['make-hiss', '--json'], { folder })).stdout);
    expect(passed_over).toContainEqual({
      ...{ source: 'drums/tape.sd2', family: null, variant: null },
      ...{ reason: expect.stringContaining('Sound Designer II'), code: 'sound-designer', fields: {} },
    });
  });

  it('leaves the textures of a song that went to the cloud', async () => {
    await put(folder, 'drums/beat.wav', wav(beat(1, 22_050), 16));
    await put(folder, 'drums/other.wav', wav(beat(2, 22_050), 16));
    await afterglow(['make-hiss'], { folder });
    const before = await listedRows(nodePlatform, join(folder, 'export/tr8s'));
    await rename(join(folder, 'drums/beat.wav'), join(folder, 'drums/.beat.wav.icloud'));
    const { stdout } = await afterglow(['make-hiss', '--prune'], { folder });
    expect(stdout).not.toContain('is gone');
    expect(stdout).toMatch(/skipped\n {2}drums\/beat\.wav: it is in iCloud/);
    expect(before?.size).toBeGreaterThan(1);
    expect(await listedRows(nodePlatform, join(folder, 'export/tr8s'))).toEqual(before);
  });

  it.each(['drums/empty.wav', 'drums/.Song.wav.icloud'])(
    'makes nothing, and no failure, of %s alone',
    async (path) => {
      await put(folder, path, '');
      const run = await afterglow(['mine-drums'], { folder });
      expect([run.status, run.stdout]).toEqual([
        0,
        expect.stringMatching(/none of which can be read\n\nskipped\n {2}drums\//),
      ]);
      const batch = await afterglow(['batch', '--input', 'drums', '--kit', 'tr8s', '--json'], { folder });
      expect([batch.status, batch.stderr.includes('[✗]')]).toEqual([0, false]);
      expect(JSON.parse(batch.stdout)).toMatchObject({
        excavate: { passed_over: [{ family: null }] },
        kits: [],
      });
    },
  );
});

describe.skipIf(!hasTool('ffmpeg'))('a video', () => {
  const makeVideo = (name: string, ...sound: string[]) => {
    const picture = ['-f', 'lavfi', '-i', 'color=size=32x32:duration=1:rate=5'];
    const { status } = spawnSync('ffmpeg', ['-v', 'error', ...picture, ...sound, join(folder, name)]);
    expect(status).toBe(0);
  };

  it('gives its sound where ffmpeg is, and is passed over where it has none', async () => {
    await put(folder, 'drums/beat.wav', wav(beat(1, 22_050), 16));
    makeVideo('drums/clip.mov', '-i', join(folder, 'drums/beat.wav'), '-c:a', 'pcm_s16le');
    makeVideo('drums/mute.mkv');
    const run = await afterglow(['make-hiss'], { folder });
    expect(run.status).toBe(0);
    const rows = [...(await listedRows(nodePlatform, join(folder, 'export/tr8s')))!.values()];
    const sources = rows.map((row) => row.source_path);
    expect(new Set(sources)).toEqual(new Set(['drums/beat.wav', 'drums/clip.mov']));
    expect(run.stdout).toContain('skipped\n  drums/mute.mkv: it is a video in which no sound is found');
  });

  it('is passed over with what to do where ffmpeg is not', async () => {
    await put(folder, 'drums/beat.wav', wav(beat(1, 22_050), 16));
    makeVideo('drums/clip.mov', '-i', join(folder, 'drums/beat.wav'), '-c:a', 'pcm_s16le');
    const run = await afterglow(['make-hiss'], { folder, env: { PATH: folder } });
    expect(run.status).toBe(0);
    expect(count(run.stderr, 'drums/clip.mov')).toBe(1);
    expect(run.stdout).toMatch(/skipped\n {2}drums\/clip\.mov: it is a video, .*install it, or export/);
  });
});
