/** Making new textures from the studio's page, by the engine itself. */
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { levelHeard } from '../analysed.ts';
import { hasBrowser } from '../browser.ts';
import { demoExport } from '../palette/demo-export.ts';
import { nameOf, said, soon, studioPages } from './page.ts';
import { studioOn } from './studio.ts';

/** To be run in a page: what the fields of the open dialog hold, but for patterns of names. */
function valuesIn(): string {
  const fields = document.querySelectorAll<HTMLInputElement>('dialog[open] #run-settings input');
  return [...fields].flatMap(({ value }) => (value.includes('{') ? [] : value)).join(' ');
}

/** Of the export's own: what was rendered lies aside. */
const isOfSeed11 = (path: string) => /seed11.*\.wav$/.test(path) && !path.startsWith('_');

describe.skipIf(!hasBrowser)('making from the studio', () => {
  const pages = studioPages();

  it('runs a phase with other settings, shows what is new, and makes one again', async () => {
    const demo = await demoExport();
    const folder = await mkdtemp(join(tmpdir(), 'afterglow-making-'));
    afterAll(() => rm(folder, { recursive: true, force: true }));
    await cp(demo.projectFolder, folder, { recursive: true });
    const studio = await studioOn([join(folder, relative(demo.projectFolder, demo.exportFolder))], folder);
    const page = await pages.open(studio);
    const count = page.locator('#count');
    const before = Number.parseInt((await count.textContent())!, 10);
    await page.keyboard.press('v');
    const name = await nameOf(page);

    await page.keyboard.press('o');
    await page.locator('#run-start:enabled').waitFor();
    await page.locator('#run-phase').selectOption('clouds');
    await page.locator('#run-source').selectOption({ index: 1 });
    // In words: no name of a setting or a file, no value as a program writes it.
    const words = (await page.locator('#run').textContent()) + (await page.evaluate(valuesIn));
    expect(words).toContain('Length of a cloud, seconds');
    expect(words).not.toMatch(/[a-z]_[a-z]|\bnull\b|\btrue\b|[[\]]|\.wav/);
    expect(await page.getByLabel('Clouds stay stereo').locator('option').allTextContents()).toEqual([
      'yes',
      'no',
    ]);
    await page.getByLabel('Length of a cloud, seconds').fill('nonsense');
    await page.locator('#run-start').click();
    const problem = page.locator('#run-problem');
    await soon(() => problem.textContent()).toMatch(
      /^“Length of a cloud, seconds” is "nonsense"; it must be /,
    );
    expect(await page.evaluate(() => document.activeElement!.getAttribute('aria-invalid'))).toBe('true');
    await page.locator('[data-key=cloud_duration_sec]').fill('1.5');
    await page.locator('[data-key=clouds_per_source]').fill('2');
    await page.locator('#run-start').click();
    await soon(() => page.locator('#job-result').textContent()).toMatch(/^Made 2 textures/);
    // What was made and that there is something new are said in one place, one beside the other.
    const lines = await Promise.all(
      ['#job-result', '#changed'].map(async (id) => (await page.locator(id).boundingBox())!),
    );
    expect(Math.abs(lines[0].y - lines[1].y)).toBeLessThan(8);
    await page.getByRole('button', { name: 'show what is new' }).click();
    await soon(async () => Number.parseInt((await count.textContent())!, 10)).toBeGreaterThanOrEqual(before);
    expect(await nameOf(page)).toBe(name);

    await page.getByRole('searchbox').fill('cloud 1-2 s');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Home');
    await soon(() => nameOf(page)).toMatch(/cloud/);
    await page.keyboard.press('a');
    await page.locator('#render-seed').fill('11');
    await page.getByRole('button', { name: 'make it', exact: true }).click();
    await page.locator('#version-list li').nth(1).waitFor();
    await page.keyboard.press('b');
    await soon(() => page.evaluate(levelHeard)).toBeGreaterThan(0.01);
    const heardNow = page.locator('#version-list .played button').first();
    expect(await heardNow.textContent()).toBe('seed 11');
    expect(await page.evaluate(() => heard.sources.at(-1)!.loop)).toBe(true);
    await page.keyboard.press('b');
    expect(await heardNow.textContent()).toBe('as it is');

    await page.keyboard.press('1');
    const former = await nameOf(page);
    await page.getByRole('button', { name: 'use this instead' }).click();
    await soon(() => nameOf(page)).toMatch(/seed 11/);
    const face = page.locator('#kit-slots .face').first();
    expect(await face.getAttribute('aria-label')).toMatch(/seed 11/);
    expect(await page.locator('#keep').getAttribute('aria-pressed')).toBe('true');
    const exportFolder = join(folder, relative(demo.projectFolder, demo.exportFolder));
    const adopted = async () => (await readdir(exportFolder, { recursive: true })).filter(isOfSeed11);
    const listed = async () =>
      (await readFile(join(exportFolder, 'manifest.csv'), 'utf8')).includes('seed11');
    const decided = () => readFile(join(exportFolder, 'curation.json'), 'utf8');
    await soon(decided).toMatch(/seed11[^}]*keep/);
    expect([await listed(), (await adopted()).length]).toEqual([true, 1]);

    // One undo takes all of it back: kit, decisions, row and file; and it can be done again.
    await page.keyboard.press('u');
    await soon(() => said(page)).toMatch(/^undone: .*seed 11.* instead$/);
    expect(await face.getAttribute('aria-label')).toContain(former!);
    expect([await nameOf(page), await listed(), await adopted()]).toEqual([former, false, []]);
    expect(await decided()).not.toMatch(/seed11|reject/);
    await soon(async () => Number.parseInt((await count.textContent())!, 10)).toBeLessThan(before + 3);
    await page.keyboard.press('U');
    await soon(() => said(page)).toMatch(/^done again: .*seed 11.* instead$/);
    expect(await nameOf(page)).toMatch(/seed 11/);
    expect([await listed(), (await adopted()).length]).toEqual([true, 1]);
    await soon(decided).toMatch(/seed11[^}]*keep/);

    // What one step put into the palette is not taken out with a later one.
    await page.keyboard.press('u');
    await soon(() => nameOf(page)).toBe(former);
    await page.locator('#version-list').getByRole('button', { name: 'to the kit' }).click();
    await soon(() => said(page)).toMatch(/seed 11.* in the kit$/);
    await page.getByRole('button', { name: 'use this instead' }).click();
    await soon(() => nameOf(page)).toMatch(/seed 11/);
    await soon(decided).toMatch(/seed11[^}]*keep/);
    await page.keyboard.press('u');
    await soon(() => said(page)).toMatch(/^undone: .*seed 11.* instead$/);
    await soon(decided).not.toMatch(/seed11|reject/);
    expect([await nameOf(page), await listed(), (await adopted()).length]).toEqual([former, true, 1]);
    await page.keyboard.press('u');
    await soon(() => said(page)).toMatch(/^undone: .*seed 11.* in the kit$/);
    expect([await listed(), await adopted()]).toEqual([false, []]);

    // What was done is a step, though the palette could not be read again after it.
    await page.route('**/api/palette', (route) => route.abort());
    await page.getByRole('button', { name: 'keep both' }).click();
    await soon(() => said(page)).toMatch(/seed 11.* kept$/);
    await soon(decided).toMatch(/seed11[^}]*keep/);
    expect([await listed(), (await adopted()).length]).toEqual([true, 1]);
    await page.keyboard.press('u');
    await soon(() => said(page)).toMatch(/^undone: .*seed 11.* kept$/);
    expect([await listed(), await adopted()]).toEqual([false, []]);
    pages.forgive(page, /400|ERR_FAILED/);
  });
});
