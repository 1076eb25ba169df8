/** Sources as they are found: louder than full scale, or with one channel that is silent or turned upside down. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { manifestFromCsv } from '../../src/archive/manifest-csv.ts';
import { parseConfig } from '../../src/config/parse.ts';
import type { RunEvent } from '../../src/engine/events.ts';
import { inspectSource } from '../../src/engine/inspect-source.ts';
import { plan } from '../../src/engine/plan.ts';
import { run } from '../../src/engine/run.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';
import { noticeWords } from '../../src/wording/notices.ts';
import { chords, SMALL_CONFIG } from '../end-to-end/afterglow.ts';
import { settingsWith } from '../families/making.ts';
import { readBytes } from '../formats/reading.ts';
import { writtenWav } from '../formats/written.ts';
import { RATE } from '../signals.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'afterglow-odd-sources-'));
  await mkdir(join(folder, 'source_audio'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A float WAV among the sources. @returns its path */
async function put(name: string, channels: readonly Float32Array[]): Promise<string> {
  const data = new DataView(new ArrayBuffer(8 * channels[0].length));
  channels.forEach((channel, c) => {
    channel.forEach((sample, n) => {
      data.setFloat32(8 * n + 4 * c, sample, true);
    });
  });
  const path = join(folder, 'source_audio', name);
  await writeFile(path, writtenWav({ tag: 3, bits: 32, data: new Uint8Array(data.buffer) }));
  return path;
}

async function minePads() {
  const { settings } = parseConfig(SMALL_CONFIG, 'config.yaml');
  const planned = await plan(nodePlatform, {
    projectFolder: folder,
    settings,
    seed: 3,
    phases: ['mine-pads'],
  });
  const events: RunEvent[] = [];
  const result = await run(nodePlatform, planned, { jobs: 0, onEvent: (event) => events.push(event) });
  const rows = manifestFromCsv(await readFile(result.manifest, 'utf8').catch(() => 'path\r\n')).rows;
  const warnings = events.flatMap((event) =>
    event.kind === 'warning' ? [`${event.source}: ${noticeWords(event.notice)}`] : [],
  );
  return { rows, warnings, exportFolder: join(result.manifest, '..') };
}

const [left, right] = chords([57], 4, RATE).channels;
const times = (gain: number) => (samples: Float32Array) => samples.map((x) => x * gain);
const peakOf = (channels: readonly Float32Array[]) =>
  Math.max(
    ...channels.map((channel) => channel.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0)),
  );
/** Its peak a hair below full scale. */
const song = [left, right].map(times(0.998 / peakOf([left, right])));

describe('a float source above full scale', () => {
  it('gives the pads of the same one below, and nothing clips in them', async () => {
    await put('below.wav', song);
    await put('above.wav', song.map(times(3)));
    const { rows, exportFolder } = await minePads();
    const of = (source: string) =>
      rows.filter((row) => row.source === source).map((row) => [row.source_start_sec, row.grade, row.rms_db]);
    expect(of('above').length).toBeGreaterThan(0);
    expect(of('above')).toEqual(of('below'));
    for (const { path } of rows) {
      const { channels } = await readBytes(new Uint8Array(await readFile(join(exportFolder, String(path)))));
      expect(peakOf(channels)).toBeLessThan(0.95);
    }
  });

  it('is shown as loud as it is, and is still where it is still', async () => {
    // A window of it has just the RMS of the default, -10 dBFS.
    const settings = settingsWith({ pre_analysis: { max_rms_db: -8 } });
    const [above, below] = [
      await inspectSource(nodePlatform, await put('above.wav', song.map(times(3))), settings),
      await inspectSource(nodePlatform, await put('below.wav', song), settings),
    ];
    expect(above.peakDb).toBeCloseTo(20 * Math.log10(3), 1);
    expect(above.rmsDb - below.rmsDb).toBeCloseTo(20 * Math.log10(3), 1);
    expect(above.stable.excluded).toEqual(below.stable.excluded);
    expect(above.stable.totalSec).toBeCloseTo(below.stable.totalSec, 6);
  });

  it('is refused where it is flat, if what clips is to be skipped', async () => {
    const flat = song.map((channel) => channel.map((x) => Math.max(-2, Math.min(2, 6 * x))));
    const { stable } = await inspectSource(
      nodePlatform,
      await put('flat.wav', flat),
      settingsWith({ pre_analysis: { skip_clipped_regions: true } }),
    );
    expect(stable.excluded.skip_clipped_regions).toBeGreaterThan(0);
  });
});

describe('a stereo source as a whole', () => {
  it('is told of where one channel is silent or inverted, and stays as it is', async () => {
    await put('one side.wav', [song[0], times(0)(song[0])]);
    await put('upside down.wav', [song[0], times(-1)(song[0])]);
    await put('usual.wav', song);
    const { rows, warnings, exportFolder } = await minePads();
    expect(warnings.sort()).toEqual([
      expect.stringMatching(/^source_audio\/one side\.wav: its right channel is silent/),
      expect.stringMatching(/^source_audio\/upside down\.wav: one of its channels is the other inverted/),
    ]);
    const oneSided = rows.find(({ source }) => String(source).startsWith('one'));
    const { channels } = await readBytes(
      new Uint8Array(await readFile(join(exportFolder, String(oneSided?.path)))),
    );
    expect(channels[1].every((sample) => Math.abs(sample) < 1e-6)).toBe(true);
    // A later run, which keeps what there is, tells it again.
    expect((await minePads()).warnings).toHaveLength(2);
  });

  it('is told of by info', async () => {
    const { warnings } = await inspectSource(
      nodePlatform,
      await put('left.wav', [times(0)(song[0]), song[0]]),
      settingsWith({}),
    );
    expect(warnings).toEqual([{ code: 'stereo-fault', fault: 'left silent' }]);
  });
});
