/** What the studio's page sounds like: captured at its way out, in a real browser. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { resampleRing } from '../../src/dsp/resample-ring.ts';
import { decodeWav } from '../../src/studio/page/sound/wav.ts';
import { levelHeard } from '../analysed.ts';
import { hasBrowser } from '../browser.ts';
import { type MadeTexture, madeExport } from '../palette/made-export.ts';
import { errorDb, rms } from '../signals.ts';
import { hears, shared, soon, studioPages } from './page.ts';
import { studioOn } from './studio.ts';

const TONE = { sampleRate: 44_100, bitDepth: 24, channelCount: 1, source: 'song', loops: true } as const;
/** By number: two loops of other pitches and lengths, one that plays once, one of another rate, one in which no
 * moment is like another, and one like that of another rate. */
const TEXTURES: readonly MadeTexture[] = [
  { ...TONE, family: 'pad', seconds: 0.31 },
  { ...TONE, family: 'drone', seconds: 0.47 },
  { ...TONE, family: 'drum', seconds: 0.25, loops: false },
  { ...TONE, family: 'hiss', seconds: 0.36, sampleRate: 48_000 },
  { ...TONE, family: 'cloud', seconds: 0.29, noise: 0.2 },
  { ...TONE, family: 'swell', seconds: 0.3, sampleRate: 48_000, noise: 0.2 },
];

/** Nothing of it is changed, so one serves all tests. */
const made = shared(async () => {
  const { exportFolder, paths } = await madeExport(TEXTURES);
  const samples = async (index: number) => {
    const bytes = await readFile(join(exportFolder, paths[index]));
    return decodeWav(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer);
  };
  return { samples, ...(await studioOn([exportFolder])) };
});

/** Keeps every sample that goes to the way out, once it is begun. */
const WORKLET = `registerProcessor('keep', class extends AudioWorkletProcessor {
  process([input]) { if (input[0]) this.port.postMessage(input[0].slice()); return true; }
});`;

/** The worklet has no address that the page's policy would let it have; all else is as it is. */
const LISTENED = { bypassCSP: true } as const;

/** What was captured so far. */
interface Captured {
  count(): Promise<number>;
  samples(): Promise<Float32Array>;
}

async function capture(page: Page): Promise<Captured> {
  await page.evaluate(async (code) => {
    const { out } = heard;
    const address = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
    await out!.context.audioWorklet.addModule(address);
    const keep = new AudioWorkletNode(out!.context, 'keep');
    const kept: number[] = [];
    Object.assign(window, { kept });
    keep.port.onmessage = ({ data }) => kept.push(...data);
    out!.connect(keep);
  }, WORKLET);
  return {
    count: () => page.evaluate(() => (window as unknown as { kept: number[] }).kept.length),
    // As text: numbers one by one take both sides seconds.
    async samples() {
      const base64 = await page.evaluate(() => {
        const { kept } = window as unknown as { kept: number[] };
        const bytes = new Uint8Array(Float32Array.from(kept).buffer);
        let text = '';
        for (let i = 0; i < bytes.length; i += 0x8000)
          text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
        return btoa(text);
      });
      return new Float32Array(new Uint8Array(Buffer.from(base64, 'base64')).buffer);
    },
  };
}

/** The page, its list in sight, with one texture selected and none sounding. */
async function select(page: Page, family: string): Promise<void> {
  await page.locator('#view-cells').click();
  await page.locator('#cells .cell', { hasText: family }).click();
  await hears(page, new RegExp(`plays song, ${family}`));
  await page.keyboard.press('Escape');
}

/** The greatest difference of neighbouring samples. */
function steepest(samples: Float32Array): number {
  let most = 0;
  for (let n = 1; n < samples.length; n++) most = Math.max(most, Math.abs(samples[n] - samples[n - 1]));
  return most;
}

describe.skipIf(!hasBrowser)('the studio, heard', () => {
  const pages = studioPages();

  it('loops to the sample: what comes out is the file, round and round', async () => {
    const studio = await made();
    const page = await pages.open(studio, LISTENED);
    await select(page, 'cloud');
    const kept = await capture(page);
    await page.keyboard.press('Space');
    expect(await differenceDb(kept, (await studio.samples(4)).channels[0])).toBeLessThan(-100);
  });

  it('brings a loop of another rate to the output’s by the engine, round its end', async () => {
    const studio = await made();
    const page = await pages.open(studio, LISTENED);
    await select(page, 'swell');
    const kept = await capture(page);
    await page.keyboard.press('Space');
    const { channels } = resampleRing(await studio.samples(5), 44_100);
    expect(await differenceDb(kept, channels[0])).toBeLessThan(-100);
  });

  it('plays the seam from just before it', async () => {
    const studio = await made();
    const page = await pages.open(studio);
    await select(page, 'drone');
    await page.keyboard.press('s');
    await hears(page, /^the loop point of/);
    const loop = await page.evaluate(() => {
      const source = heard.sources.at(-1)!;
      return {
        loop: source.loop,
        start: source.loopStart,
        end: source.loopEnd,
        rate: source.buffer!.sampleRate,
      };
    });
    expect(loop).toEqual({ loop: true, start: 0, end: 0, rate: 44_100 });
  });

  it('goes from one texture to another without a click, and into silence', async () => {
    const studio = await made();
    const page = await pages.open(studio, LISTENED);
    await select(page, 'pad');
    const kept = await capture(page);
    await page.keyboard.press('Space');
    for (let i = 0; i < 6; i++) {
      await page.waitForTimeout(60 + 17 * i);
      await page.keyboard.press(i % 2 === 0 ? 'j' : 'J');
    }
    await page.waitForTimeout(100);
    await page.keyboard.press('Escape');
    await page.waitForTimeout(200);
    const out = await kept.samples();
    expect(rms(out)).toBeGreaterThan(0.05);
    expect(Math.max(...out.slice(-1000).map(Math.abs))).toBe(0);
    // Two tones of at most 0.7 below 250 Hz, one fading into the other.
    expect(steepest(out)).toBeLessThan(2 * 0.7 * ((2 * Math.PI * 250) / 44_100));
  });

  it('plays what does not loop once', async () => {
    const page = await pages.open(await made());
    await select(page, 'drum');
    await page.keyboard.press('Space');
    await soon(() => page.locator('#play').textContent()).toMatch(/stop/);
    await soon(() => page.locator('#play').textContent()).toMatch(/play/);
    await soon(() => page.evaluate(levelHeard)).toBe(0);
    expect(await page.locator('#seam').isDisabled()).toBe(true);
  });

  it('lays several as layers, each at its level, and silences all', async () => {
    const page = await pages.open(await made());
    await select(page, 'pad');
    await page.keyboard.press('l');
    await hears(page, /laid as a layer/);
    await select(page, 'hiss');
    await page.keyboard.press('l');
    await soon(() => page.locator('#layer-list li').count()).toBe(2);
    await page.locator('#layers-all').click();
    await page.locator('#layers-all').click();
    await soon(() => page.evaluate(levelHeard)).toBeGreaterThan(0.05);
    for (const level of await page.locator('#layer-list input').all()) await level.fill('-36');
    await soon(() => page.evaluate(levelHeard)).toBeLessThan(0.001);
    for (const level of await page.locator('#layer-list input').all()) await level.fill('0');
    await soon(() => page.evaluate(levelHeard)).toBeGreaterThan(0.05);
    await page.keyboard.press('Escape');
    await soon(() => page.evaluate(levelHeard)).toBe(0);
  });

  it('is a piano: a key an octave up sounds an octave up, and a key let go falls silent', async () => {
    const page = await pages.open(await made(), LISTENED);
    await select(page, 'pad');
    await page.keyboard.press('p');
    await page.getByRole('button', { name: 'C3' }).waitFor();
    await page.keyboard.down('a');
    await soon(() => page.evaluate(levelHeard)).toBeGreaterThan(0.03);
    await page.keyboard.up('a');
    await soon(() => page.evaluate(levelHeard)).toBe(0);
    const kept = await capture(page);
    /** Waves in 4000 samples of a key. */
    const wavesOf = async (key: string) => {
      const before = await kept.count();
      await page.keyboard.down(key);
      await soon(async () => (await kept.count()) - before).toBeGreaterThan(20_000);
      const heard = (await kept.samples()).slice(-4000);
      await page.keyboard.up(key);
      await soon(() => page.evaluate(levelHeard)).toBe(0);
      return heard.filter((sample, n) => sample > 0 && heard[n - 1] <= 0).length;
    };
    const low = await wavesOf('a');
    expect(Math.abs((await wavesOf('k')) - 2 * low)).toBeLessThanOrEqual(1);
    expect(await page.locator('#keep').getAttribute('aria-pressed')).toBe('false');
  });

  it('matches levels unless told otherwise, and goes between two', async () => {
    const page = await pages.open(await made());
    await select(page, 'pad');
    await page.keyboard.press('b');
    await hears(page, /is held/);
    await select(page, 'drone');
    await page.keyboard.press('b');
    await hears(page, /^plays song, pad/);
    await page.keyboard.press('b');
    await hears(page, /^plays song, drone/);
    await page.keyboard.press('e');
    expect(await page.locator('#even').getAttribute('aria-pressed')).toBe('false');
    await page.getByRole('button', { name: 'let go' }).click();
    expect(await page.locator('#compare-held').isVisible()).toBe(false);
  });

  it('sounds what the hand points at, and stops when it leaves', async () => {
    const page = await pages.open(await made());
    await select(page, 'pad');
    await page.locator('#cells .cell', { hasText: 'drone' }).hover();
    await soon(() => page.evaluate(levelHeard)).toBeGreaterThan(0.05);
    await page.locator('#name').hover();
    await soon(() => page.evaluate(levelHeard)).toBe(0);
    await page.locator('#as-i-go').click();
    const begun = await page.evaluate(() => heard.sources.length);
    await page.locator('#cells .cell', { hasText: 'drone' }).hover();
    await page.waitForTimeout(300);
    expect(await page.evaluate(() => heard.sources.length)).toBe(begun);
  });

  it('says what is wrong where a sound cannot be had', async () => {
    const page = await pages.open(await made());
    await page.locator('#name', { hasText: 'song' }).waitFor();
    await page.route('**/api/sound/**', (route) =>
      route.fulfill({ status: 200, body: 'this is no WAV at all' }),
    );
    await page.reload();
    await page.keyboard.press('Space');
    await soon(() => page.locator('#sound-problem').textContent()).toContain('This file is no WAV.');
  });
});

/** How far what comes out lies from a loop, at whatever level, dB. */
async function differenceDb(kept: Captured, loop: Float32Array): Promise<number> {
  await soon(kept.count).toBeGreaterThan(6 * loop.length);
  // The last of it, over four wraps: what sounded before may still have been going away when it came.
  const out = (await kept.samples()).slice(-4 * loop.length);
  const start = bestShift(out, loop);
  const wanted = out.map((_, n) => loop[(start + n) % loop.length]);
  const gain = rms(out) / rms(wanted);
  return errorDb(
    out,
    wanted.map((sample) => gain * sample),
  );
}

/** Where in the loop the captured samples begin: where they are most alike, whatever their level. */
function bestShift(out: Float32Array, loop: Float32Array): number {
  let best = 0;
  let most = Number.NEGATIVE_INFINITY;
  for (let start = 0; start < loop.length; start++) {
    let product = 0;
    for (let n = 0; n < 2000; n++) product += out[n] * loop[(start + n) % loop.length];
    if (product > most) [most, best] = [product, start];
  }
  return best;
}
