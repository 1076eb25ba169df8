/**
 * Loops as other programs have them once they brought the file to their own rate: SoX, and a browser whose sound card
 * runs at 48 kHz (`decodeAudioData` in an OfflineAudioContext). Both take silence to lie round a file.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

/** What browsers, most phones and many sound cards run at. */
const OTHER_RATE = 48_000;
const CHROMIUM = process.env.AFTERGLOW_CHROMIUM ?? '/usr/bin/chromium';

export const hasSox = spawnSync('sox', ['--version']).status === 0;
export const hasBrowser = existsSync(CHROMIUM);

/** The channels as SoX has them at the other rate. */
export function bySox({ channels, sampleRate }) {
  const form = (rate) => ['-t', 'f32', '-r', String(rate), '-c', String(channels.length)];
  const { stdout, status, stderr } = spawnSync(
    'sox',
    ['-D', ...form(sampleRate), '-', ...form(OTHER_RATE), '-'],
    { input: interleaved(channels), maxBuffer: 2 ** 30 },
  );
  if (status !== 0) throw new Error(`sox: ${stderr}`);
  return apart(stdout, channels.length);
}

let page = null;

/** The channels of a file as a browser has them at the other rate. */
export async function byBrowser(path) {
  page ??= await openPage();
  await page.unroute('**/loop');
  await page.route('**/loop', (route) => route.fulfill({ path }));
  const channels = await page.evaluate(async (rate) => {
    const bytes = await (await fetch('/loop')).arrayBuffer();
    const buffer = await new OfflineAudioContext(1, 1, rate).decodeAudioData(bytes);
    // Only what the figure needs: the ends, and the 99.9th percentile of the steps.
    return Array.from({ length: buffer.numberOfChannels }, (_, c) => {
      const samples = buffer.getChannelData(c);
      const steps = samples.slice(1).map((x, n) => Math.abs(x - samples[n]));
      return {
        first: samples[0],
        last: samples[samples.length - 1],
        usual: steps.sort()[Math.round(0.999 * (steps.length - 1))],
      };
    });
  }, OTHER_RATE);
  return Math.max(...channels.map(({ first, last, usual }) => Math.abs(first - last) / usual));
}

export async function closeBrowser() {
  await page?.context().browser().close();
  page = null;
}

async function openPage() {
  const isRoot = process.getuid?.() === 0;
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: isRoot ? ['--no-sandbox'] : [],
  });
  const opened = await browser.newPage();
  await opened.route('http://bench/', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<title>bench</title>' }),
  );
  await opened.goto('http://bench/');
  return opened;
}

function interleaved(channels) {
  const samples = new Float32Array(channels.length * channels[0].length);
  for (const [c, channel] of channels.entries()) {
    for (let n = 0; n < channel.length; n++) samples[n * channels.length + c] = channel[n];
  }
  return Buffer.from(samples.buffer);
}

function apart(bytes, count) {
  const frames = Math.floor(bytes.length / (4 * count));
  return Array.from({ length: count }, (_, c) =>
    Float32Array.from({ length: frames }, (_, n) => bytes.readFloatLE(4 * (n * count + c))),
  );
}
