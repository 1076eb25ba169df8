/** What lies beside and in a folder that is replaced, and is somebody's, over a disk in memory. */
import { expect, it } from 'vitest';
import { FOLDER_RECORD } from '../../src/archive/folder-record.ts';
import { putBackAll } from '../../src/archive/set-aside.ts';
import { writeWholeFolder } from '../../src/palette/whole-folder.ts';
import { memoryDisk } from '../../src/platform/memory/disk.ts';
import type { Step } from '../../src/platform/memory/faults.ts';
import { memoryPlatform } from '../../src/platform/memory/platform.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const KIT = '/x/K';
const TABLE = 'file,texture,source,family\n';

async function kitMade(failsAt: (step: Step) => boolean = () => false) {
  const disk = memoryDisk();
  const platform = memoryPlatform({ disk, failsAt });
  const { files } = platform;
  await files.makeFolder('/x');
  const make = (sound: string, during: () => Promise<void> = async () => {}) =>
    writeWholeFolder(
      platform,
      { folder: KIT, root: null, force: true, kind: 'kit', unrecorded: async () => new Set() },
      async (making) => {
        await files.write(`${making}/a.wav`, bytes(sound));
        await during();
      },
    );
  await make('one');
  const all = () =>
    Object.fromEntries(
      [...disk.entries].flatMap(([path, entry]) =>
        entry === null || path.endsWith(FOLDER_RECORD)
          ? []
          : [[path, new TextDecoder().decode(entry.content as Uint8Array)]],
      ),
    );
  const put = async (path: string, text: string) => {
    await files.remove(path);
    await files.write(path, bytes(text));
  };
  return { platform, files, make, all, put };
}

it('a folder that somebody calls .K.old or .K.making stays, whatever is in it', async () => {
  const { platform, files, make, all, put } = await kitMade();
  for (const name of ['.K.old', '.K.making', '.foo.old']) {
    await files.makeFolder(`/x/${name}`);
    await put(`/x/${name}/mine.wav`, 'mine');
  }
  await put('/x/.K.old/KIT.csv', TABLE);
  await make('two');
  await putBackAll(platform, '/x');
  expect(all()).toEqual({
    '/x/.K.making/mine.wav': 'mine',
    '/x/.K.old/KIT.csv': TABLE,
    '/x/.K.old/mine.wav': 'mine',
    '/x/.foo.old/mine.wav': 'mine',
    '/x/K/a.wav': 'two',
  });
});

it.each(['.K.old', '.afterglow-K.old'])('a kit that a killed run left as %s is put back', async (name) => {
  const { platform, files, all, put } = await kitMade();
  await put('/x/K/mine.wav', 'mine');
  await files.rename(KIT, `/x/${name}`);
  await putBackAll(platform, '/x');
  expect(all()).toEqual({ '/x/K/a.wav': 'one', '/x/K/mine.wav': 'mine' });
});

it('what is not ours is never replaced for its name', async () => {
  const { files, make, all, put } = await kitMade();
  await files.makeFolder('/x/.afterglow-K.making');
  await put('/x/.afterglow-K.making/mine.wav', 'mine');
  await expect(make('two')).rejects.toThrow(/is in the way, and not of this engine/);
  expect(all()).toEqual({ '/x/.afterglow-K.making/mine.wav': 'mine', '/x/K/a.wav': 'one' });
});

it('its record takes the digests that are known, and makes the others', async () => {
  const { platform, files } = await kitMade();
  const folder = '/x/L';
  const wanted = {
    folder,
    root: null,
    force: true,
    kind: 'kit',
    unrecorded: async () => new Set<string>(),
  } as const;
  await writeWholeFolder(platform, wanted, async (making, digests) => {
    for (const name of ['known', 'other']) await files.write(`${making}/${name}`, bytes(name));
    digests.set('known', 'told');
  });
  const record = JSON.parse(new TextDecoder().decode(await files.read(`${folder}/${FOLDER_RECORD}`)));
  expect(record.files).toEqual({ known: 'told', other: await platform.sha256Of(bytes('other')) });
});

it('what is put there while the new one is built stays', async () => {
  const { make, all, put } = await kitMade();
  await make('two', () => put('/x/K/late.wav', 'mine'));
  expect(all()).toEqual({ '/x/K/a.wav': 'two', '/x/K/late.wav': 'mine' });
});

it('what somebody changed of ours is kept, once for each change', async () => {
  const { make, all, put } = await kitMade();
  await put('/x/K/a.wav', 'edited');
  await make('two');
  await make('three');
  expect(all()).toEqual({ '/x/K/a.wav': 'three', '/x/K/a.wav.changed': 'edited' });
  await put('/x/K/a.wav', 'edited again');
  await make('four');
  expect(all()).toEqual({
    '/x/K/a.wav': 'four',
    '/x/K/a.wav.changed': 'edited',
    '/x/K/a.wav.changed2': 'edited again',
  });
});

it('the one before is back at once where the new one cannot take its place', async () => {
  let swaps = 0;
  const { make, all, put } = await kitMade(
    ({ what, path }) => what === 'rename' && path === KIT && ++swaps === 2,
  );
  await put('/x/K/mine.wav', 'mine');
  await expect(make('two')).rejects.toThrow(/Cannot write/);
  expect(all()).toEqual({ '/x/K/a.wav': 'one', '/x/K/mine.wav': 'mine' });
});
