/** Names, tables, chunks and instruments say of a texture's pitch what is clear, or nothing. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tonalityOf } from '../../src/analysis/tonality.ts';
import { keyName, noteName } from '../../src/curation/note-names.ts';
import { writeInstruments } from '../../src/palette/instrument.ts';
import { makeKit, previewKit } from '../../src/palette/kit.ts';
import { readProfile } from '../../src/palette/profiles.ts';
import { USUAL_WISHES } from '../../src/palette/wishes.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';
import { chord, mono, RATE } from '../signals.ts';
import { readWav } from './kit-checker.ts';
import { rowsOf } from './level-checker.ts';
import { type MadeTexture, madeExport } from './made-export.ts';

const SHORT = { sampleRate: RATE, bitDepth: 24, channelCount: 1, seconds: 0.2, loops: true } as const;
const rooted = (root_confidence: number) => ({ root_note: 'D3', root_cents: -45, root_confidence });

/** Each says something that is not clear, or that is not its own; the last is clear. */
const TEXTURES: MadeTexture[] = [
  {
    ...{ ...SHORT, family: 'pad', source: 'unsure' },
    row: {
      ...rooted(0.19),
      detected_key: 'D min',
      key_confidence: 0.24,
      detected_bpm: 97,
      bpm_confidence: 0.24,
    },
  },
  { ...SHORT, family: 'drum', source: 'skin', loops: false, row: { ...rooted(0.29), detected_key: null } },
  { ...SHORT, family: 'hiss', source: 'air', row: { ...rooted(0.9), detected_key: 'D min' } },
  {
    ...SHORT,
    family: 'drone',
    source: 'none',
    row: { root_note: null, detected_key: 'D min', key_confidence: null },
  },
  {
    ...{ ...SHORT, family: 'swell', source: 'clear', loops: false },
    row: {
      ...rooted(0.2),
      detected_key: 'D min',
      key_confidence: 0.25,
      detected_bpm: 97,
      bpm_confidence: 0.25,
    },
  },
];

describe('what is not clear', () => {
  it('is said nowhere in a kit', async () => {
    const site = await madeExport(TEXTURES);
    const profile = await readProfile(nodePlatform, 'generic');
    const { folder } = await makeKit(nodePlatform, { ...site, profile, name: 'K', force: false });
    const rows = rowsOf(folder);
    const said = (source: string) => {
      const { root_note, root_cents, root_confidence, key, tempo_bpm } = rows.find(
        (row) => row.source === source,
      )!;
      return [root_note, root_cents, root_confidence, key, tempo_bpm];
    };
    for (const { source } of TEXTURES.slice(0, -1))
      expect(said(source), source).toEqual(['', '', '', '', '']);
    expect(said('clear')).toEqual(['D3', '-45.0', '0.20', 'D min', '97.00']);
    const names = rows.map(({ file }) => file);
    expect(names.filter((name) => /_D(m|3)/.test(name))).toEqual([expect.stringMatching(/SW01_D3_/)]);
    for (const { file, source } of rows) {
      const { unityNote } = readWav(await readFile(join(folder, file)));
      if (source !== 'clear') expect([60, null], file).toContain(unityNote);
    }
  });

  it('is no key of an instrument', async () => {
    const { exportFolder } = await madeExport(TEXTURES.slice(0, -1));
    const { instruments } = await writeInstruments(nodePlatform, {
      ...{ exportFolder, root: null, out: null, name: 'I', formats: ['sfz'], force: false },
      // Of a texture alone, the keyboard plays whatever there is.
      scopes: ['palette'],
    });
    expect(instruments.map(({ byRoot }) => byRoot).filter((count) => count > 0)).toEqual([]);
  });

  it('is a song’s key, where the texture’s own root is another note', async () => {
    const site = await madeExport([
      {
        ...SHORT,
        family: 'pad',
        source: 'a',
        row: { ...rooted(0.9), detected_key: 'E min', key_confidence: 0.9 },
      },
    ]);
    const { slots } = await previewKit(nodePlatform, {
      ...{ ...site, name: 'K', profile: await readProfile(nodePlatform, 'generic') },
    });
    expect(slots[0].file).toBe('K/PD01_D3_a_dark.wav');
  });
});

describe('what is left of a shortened loop', () => {
  const shortened = async (wholeRoot: string) => {
    const sound = chord([45, 52, 57, 60], 3 * RATE);
    const site = await madeExport([
      {
        ...{ ...SHORT, family: 'bed', source: 'moves', seconds: 3, sound },
        row: {
          root_note: wholeRoot,
          root_cents: 0,
          root_confidence: 0.9,
          detected_key: null,
          brightness: '',
        },
      },
    ]);
    const { folder, files } = await makeKit(nodePlatform, {
      ...{ ...site, name: 'K', profile: await readProfile(nodePlatform, 'generic'), force: false },
      wishes: { ...USUAL_WISHES, longestSec: 1.5 },
    });
    expect(files[0].durationSec).toBeLessThanOrEqual(1.5);
    const [{ file, root_note }] = rowsOf(folder);
    return { file, root_note, unityNote: readWav(await readFile(join(folder, file))).unityNote! };
  };

  it('says its own root, not that of the whole', async () => {
    const { root_note, file, unityNote } = await shortened('F#2');
    expect(root_note).toMatch(/^A\d$/);
    expect(file).toMatch(/BD01_A/);
    expect(unityNote % 12).toBe(9);
  });

  it('stays in the octave of the whole, where the note is the same', async () => {
    const { root_note, file, unityNote } = await shortened('A3');
    expect([root_note, unityNote]).toEqual(['A3', 57]);
    expect(file).toMatch(/BD01_A3/);
  });
});

it('names of chords say their own root, or nothing', async () => {
  const chords: [root: string, notes: number[]][] = [
    ['C', [48, 52, 55, 60]],
    ['A', [45, 52, 57, 60]],
    ['Ds', [51, 55, 58]],
    ['G', [43, 50, 59, 65]],
    ['D', [50, 57, 62, 66]],
  ];
  const frames = 1.5 * RATE;
  const site = await madeExport(
    chords.map(([root, notes]) => {
      const sound = chord(notes, frames);
      const heard = tonalityOf(mono(sound), true);
      return {
        ...{ ...SHORT, family: 'pad' as const, source: root, seconds: 1.5, sound },
        row: {
          root_note: heard.root && noteName(heard.root.note),
          root_cents: heard.root?.cents ?? null,
          root_confidence: heard.root?.confidence ?? null,
          detected_key: heard.key && keyName(heard.key),
          key_confidence: heard.key?.confidence ?? null,
          brightness: '',
        },
      };
    }),
  );
  const { slots } = await previewKit(nodePlatform, {
    ...{ ...site, name: 'K', profile: await readProfile(nodePlatform, 'generic') },
  });
  const said = slots.map(({ file, texture }) => {
    const [, root = ''] = /^K\/PD\d+_([A-G]s?)[m\d]*_/.exec(file) ?? [];
    return { root, source: texture.source };
  });
  for (const { root, source } of said) expect(['', source]).toContain(root);
  expect(said.filter(({ root }) => root !== '').length).toBeGreaterThanOrEqual(4);
});
