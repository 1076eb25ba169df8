import { expect, it } from 'vitest';
import { kitNote } from '../../src/targets/kit-note.ts';
import { parseProfile } from '../../src/targets/parse-profile.ts';

const KIT = {
  name: 'NIGHT',
  samples: 20,
  bytes: 70e6,
  folders: ['A/NIGHT_01', 'A/NIGHT_02'],
  chains: 0,
  isZipped: false,
  shortened: '',
};
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789#';
const noteOf = (figures: Record<string, unknown>, kit: Partial<typeof KIT> = {}) =>
  kitNote(parseProfile(JSON.stringify({ version: 1, id: 'mine', device: 'Box', ...figures }), 'mine.json'), {
    ...KIT,
    ...kit,
  });

it('says what to copy where, and, of a ZIP, that it is laid out as the card is', () => {
  const loading = 'Copy the folder A to the card.';
  expect(noteOf({ loading })).toContain('NIGHT: 20 samples for Box\n\nTo the device\n- Copy the folder A');
  expect(noteOf({ loading }, { isZipped: true })).toContain(
    `- Unpack the ZIP: it is laid out as the card is. ${loading}`,
  );
  expect(noteOf({})).toContain('- Copy what lies beside this note to where the device looks for samples.');
  expect(noteOf({ bank_size: 16 })).toContain('- One folder for each bank of 16: A/NIGHT_01 to A/NIGHT_02.');
  expect(noteOf({ bank_size: 16 }, { folders: ['A'] })).not.toContain('bank of');
});

it.each<[Record<string, unknown>, string]>([
  [{ loops: 'file' }, 'Loops: each loop goes round as a whole file'],
  [{ loops: 'points', chunks: ['smpl'] }, 'Loops: their points are written for the device'],
  [{ loops: 'hand' }, 'Loops: switch looping on for each'],
  [{ loops: 'doubtful' }, 'Loops: doubtful. A loop may play once'],
  [{}, 'Loops: nobody has said whether it loops samples'],
  [{ roots: [] }, 'Pitch: root notes are not read; KIT.csv has them for tuning'],
  [{ roots: ['file'] }, 'Pitch: a root note that is known stands beside the sound.'],
  [
    { roots: ['file', 'name'], alphabet: ALPHABET },
    'Pitch: a root note that is known stands beside the sound and at the end of its name.',
  ],
  [{ tempo: 'file' }, 'Tempo: it is written for the device where it is sure.'],
  [
    { tempo: { value: 'guess', confidence: 'own', note: 'Switch it off.' } },
    'may stretch what has none. Switch it off.',
  ],
  [{ total_bytes: 9e6, reserved_bytes: 1.5e6 }, 'Memory: 1.5 MB are left free.'],
  [
    { loaded_bytes: 64e6 },
    '- Memory: a project loads up to 64.0 MB at a time.\n- This kit has 70.0 MB: load a part',
  ],
  [{ total_bytes: 9e6, streamed_samples: 128 }, 'Memory: up to 128 samples play from the card.'],
])('says what follows from %j', (figures, text) => {
  expect(noteOf(figures)).toContain(text);
});

it('says how sure it is', () => {
  const by = (confidence: string) => {
    const figure = { value: null, confidence, source: 'somewhere' };
    return Object.fromEntries(
      ['sample_rates_hz', 'bit_depths', 'channels', 'loops'].map((key) => [key, figure]),
    );
  };
  expect(noteOf(by('measured'))).toContain('- Measured on the device.');
  expect(noteOf(by('manual'))).toContain('from its maker’s manual; we have not tried it');
  expect(noteOf(by('reported'))).toContain('what owners and other programs say');
  expect(noteOf({})).toContain('Load one sample before you load all.');
});

it('says of chains how their slices are played', () => {
  const slices = { value: 120, confidence: 'own', note: 'Set STRT.' };
  expect(noteOf({ slices })).not.toContain('Slices');
  expect(noteOf({ slices }, { chains: 1 })).toContain('- Slices: 1 file holds several hits, in parts');
  expect(noteOf({ slices }, { chains: 2 })).toMatch(
    /- Slices: 2 files hold several hits each, .* Set STRT\.\n/,
  );
});

it('says what is shorter, and loads what a project holds at once', () => {
  const shortened = 'drones 3 of 10 (16.0 to 8.0 s)';
  expect(noteOf({}, { shortened })).toContain(`What is shorter than it was\n- ${shortened}.\n`);
  expect(noteOf({ loaded_bytes: 64e6 }, { bytes: 60e6 })).not.toContain('load a part');
  expect(noteOf({})).not.toContain('shorter');
});
