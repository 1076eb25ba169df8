/** Every platform's files do the same: those of Node, and those in memory that the tests of faults go by. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, describe, expect, it } from 'vitest';
import { join } from '../../src/paths.ts';
import { memoryPlatform } from '../../src/platform/memory/platform.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';
import type { Files } from '../../src/platform/platform.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

const place = mkdtempSync(join(tmpdir(), 'afterglow-contract-'));
afterAll(() => rmSync(place, { recursive: true }));
let folders = 0;

/** A new folder with a file `one` ("first"), a folder `full` with a file `in` ("inside"), and an empty folder `empty`. */
async function furnished(files: Files, root: string) {
  const home = join(root, `${folders++}`);
  const at = (path: string) => join(home, path);
  for (const folder of ['', 'full', 'empty']) await files.makeFolder(at(folder));
  await files.write(at('one'), bytes('first'));
  await files.write(at('full/in'), bytes('inside'));
  const text = async (path: string) => new TextDecoder().decode(await files.read(at(path)));
  const names = async (path = '') =>
    (await files.list(at(path))).map(({ name, kind }) => `${kind} ${name}`).sort();
  return { at, text, names };
}

/** What a call came to: the code of its error, or what it gave. */
const outcome = (call: Promise<unknown>) => call.catch(({ code }) => code as unknown);

describe.each([
  ['Node', nodePlatform.files, place],
  ['memory', memoryPlatform().files, '/'],
])('the files of %s', (_, files, root) => {
  it.each(['write', 'writeTemporary'] as const)(
    '%s a file where nothing stands, of one piece or several',
    async (write) => {
      const { at, text } = await furnished(files, root);
      await files[write](at('two'), [bytes('se'), bytes('cond')]);
      expect(await text('two')).toBe('second');
      let isAsked = false;
      const asking = function* () {
        isAsked = true;
        yield bytes('x');
      };
      for (const [path, code] of [
        ['one', 'EEXIST'],
        ['full', 'EEXIST'],
        ['none/two', 'ENOENT'],
        ['one/two', 'ENOTDIR'],
      ]) {
        expect([path, await outcome(files[write](at(path), asking()))]).toEqual([path, code]);
      }
      expect([isAsked, await text('one')]).toEqual([false, 'first']);
    },
  );

  it('rename, and replace a file by a file, and an empty folder by a folder', async () => {
    const { at, text, names } = await furnished(files, root);
    await files.write(at('two'), bytes('second'));
    await files.rename(at('two'), at('one'));
    expect(await text('one')).toBe('second');
    for (const [from, to, code] of [
      ['none', 'new', 'ENOENT'],
      ['one', 'none/new', 'ENOENT'],
      ['one', 'empty', 'EISDIR'],
      ['empty', 'one', 'ENOTDIR'],
      ['empty', 'full', 'ENOTEMPTY'],
    ]) {
      expect([from, to, await outcome(files.rename(at(from), at(to)))]).toEqual([from, to, code]);
    }
    await files.rename(at('full'), at('empty'));
    expect([await names(), await text('empty/in')]).toEqual([['file one', 'folder empty'], 'inside']);
  });

  it('remove a file, an empty folder, a tree', async () => {
    const { at, names } = await furnished(files, root);
    expect([await files.remove(at('one')), await files.remove(at('one'))]).toEqual([true, false]);
    expect(await outcome(files.remove(at('full')))).toBe('EISDIR');
    expect(await outcome(files.removeFolder(at('full')))).toBe('ENOTEMPTY');
    expect(await outcome(files.removeFolder(at('none')))).toBe('ENOENT');
    expect(await outcome(files.removeFolder(at('full/in')))).toBe('ENOTDIR');
    expect(await names('full')).toEqual(['file in']);
    await files.removeFolder(at('empty'));
    await files.removeTree(at('full'));
    await files.removeTree(at('none'));
    expect(await names()).toEqual([]);
  });

  it.each(['copy', 'copyAsIs'] as const)('%s to where nothing stands', async (copy) => {
    const { at, text } = await furnished(files, root);
    await files[copy](at('one'), at('full/two'));
    expect(await text('full/two')).toBe('first');
    for (const [from, to, code] of [
      ['one', 'full/in', 'EEXIST'],
      ['none', 'new', 'ENOENT'],
      ['one', 'none/new', 'ENOENT'],
    ]) {
      expect([from, to, await outcome(files[copy](at(from), at(to)))]).toEqual([from, to, code]);
    }
    expect(await text('full/in')).toBe('inside');
  });

  it('copy a file as it is with its time', async () => {
    const { at } = await furnished(files, root);
    const modified = async (path: string) => (await files.stat(at(path)))!.modifiedMs;
    const before = await modified('one');
    // A tick of the coarsest clock.
    await new Promise((done) => setTimeout(done, 20));
    await files.copyAsIs(at('one'), at('same'));
    await files.copy(at('one'), at('new'));
    // As fine as Node sets it.
    expect(Math.abs((await modified('same')) - before)).toBeLessThan(2);
    expect((await modified('new')) - before).toBeGreaterThan(10);
  });

  it('list and look at what stands there', async () => {
    const { at, names } = await furnished(files, root);
    expect(await names()).toEqual(['file one', 'folder empty', 'folder full']);
    expect(await outcome(files.list(at('none')))).toBe('ENOENT');
    expect(await outcome(files.list(at('one')))).toBe('ENOTDIR');
    expect(await files.stat(at('one'))).toMatchObject({ kind: 'file', size: 5 });
    expect(await files.stat(at('full'))).toMatchObject({ kind: 'folder' });
    expect(await files.stat(at('none'))).toBeNull();
    expect(await outcome(files.stat(at('one/in')))).toBe('ENOTDIR');
    expect(
      await Promise.all(['one', 'full', 'none', 'one/in'].map((path) => files.kindOf(at(path)))),
    ).toEqual(['file', 'folder', null, null]);
    expect(await Promise.all(['one', 'full', 'none'].map((path) => files.exists(at(path))))).toEqual([
      true,
      true,
      false,
    ]);
    expect(await outcome(files.realPath(at('none')))).toBe('ENOENT');
    expect(await outcome(files.makeFolder(at('one')))).toBe('EEXIST');
    expect(await outcome(files.makeFolder(at('none/new')))).toBe('ENOENT');
    expect(await outcome(files.makeFolder(at('one/new')))).toBe('ENOTDIR');
    expect(await outcome(files.read(at('full')))).toBe('EISDIR');
    expect(await outcome(files.read(at('one/in')))).toBe('ENOTDIR');
  });

  it('stamp a file anew with each change', async () => {
    const { at } = await furnished(files, root);
    const stamp = async () => (await files.stat(at('one')))!.stamp;
    const before = await stamp();
    expect(before.text).toMatch(/^5 /);
    expect((await stamp()).text).toBe(before.text);
    await new Promise((done) => setTimeout(done, 20));
    await files.remove(at('one'));
    await files.write(at('one'), bytes('other'));
    expect((await stamp()).text).not.toBe(before.text);
    expect((await stamp()).changedMs).toBeGreaterThan(before.changedMs);
  });

  it('append whole lines, also behind a torn one', async () => {
    const { at, text } = await furnished(files, root);
    for (const flush of [true, false]) await files.appendLines(at('log'), 'a\n', flush);
    await files.appendLines(at('one'), 'b\n', true);
    expect([await text('log'), await text('one')]).toEqual(['a\na\n', 'first\nb\n']);
    expect(await outcome(files.appendLines(at('full'), 'a\n', true))).toBe('EISDIR');
    expect(await outcome(files.appendLines(at('none/log'), 'a\n', true))).toBe('ENOENT');
  });

  it('read ranges, and less only at the end', async () => {
    const { at } = await furnished(files, root);
    expect(new TextDecoder().decode(await files.readPieces(at('one'), [3, 0], 3))).toBe('st\0fir');
    const room = bytes('dirty!');
    expect(new TextDecoder().decode(await files.readPieces(at('one'), [3, 0], 3, room))).toBe('st\0fir');
    const file = await files.open(at('one'));
    const into = bytes('........');
    expect([await file.read(into.subarray(0, 2), 3), await file.read(into.subarray(2), 0)]).toEqual([2, 5]);
    expect([new TextDecoder().decode(into), await file.read(into, 5)]).toEqual(['stfirst.', 0]);
    await file.close();
    expect(await outcome(files.open(at('none')))).toBe('ENOENT');
  });

  it('give scratch room that is read as it was written', async () => {
    const file = await files.scratch();
    await file.append(bytes('before'));
    expect(await file.read(new Uint8Array(4), 4)).toBe(2);
    await file.append(bytes('behind'));
    const into = new Uint8Array(16);
    expect(await file.read(into, 2)).toBe(10);
    expect(new TextDecoder().decode(into.subarray(0, 10))).toBe('forebehind');
    await file.close();
  });
});
