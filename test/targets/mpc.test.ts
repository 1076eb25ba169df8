/** Programs of the MPC, as `afterglow kit --profile mpc` writes them, against a file that MPC 2.1 wrote (of which the names of its elements are here) and what is known of it. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeKit } from '../../src/palette/kit.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';
import { parseProfile } from '../../src/targets/parse-profile.ts';
import { readWav } from '../palette/kit-checker.ts';
import { type MadeTexture, madeExport } from '../palette/made-export.ts';
import { elementsOf, readXml, textOf, type XmlNode } from './readers.ts';

const profileOf = (chunks: string[]) =>
  parseProfile(
    JSON.stringify({ version: 1, id: 'mine', device: 'Mine', target: 'mpc', folder: '{kit}', chunks }),
    'mine.json',
  );

const PROGRAM =
  `ProgramName ProgramPads AudioRoute Send1 Send2 Send3 Send4 Volume Mute Solo Pan AutomationFilter Pitch TuneCoarse
  TuneFine Mono Program_Polyphony Instruments PadNoteMap PadGroupMap KeygroupMasterTranspose KeygroupNumKeygroups
  KeygroupPitchBendRange KeygroupWheelToLfo KeygroupAftertouchToFilter QLinkAssignments`.split(/\s+/);
const INSTRUMENT =
  `AudioRoute Send1 Send2 Send3 Send4 Volume Mute Solo Pan AutomationFilter TuneCoarse TuneFine Mono Polyphony
  FilterKeytrack LowNote HighNote IgnoreBaseNote ZonePlay MuteGroup MuteTarget1 MuteTarget2 MuteTarget3 MuteTarget4 SimultTarget1
  SimultTarget2 SimultTarget3 SimultTarget4 LfoPitch LfoCutoff LfoVolume LfoPan OneShot FilterType Cutoff Resonance FilterEnvAmt
  AfterTouchToFilter VelocityToStart VelocityToFilterAttack VelocityToFilter VelocityToFilterEnvelope FilterAttack FilterDecay
  FilterSustain FilterRelease FilterHold FilterDecayType FilterADEnvelope VolumeHold VolumeDecayType VolumeADEnvelope
  VolumeAttack VolumeDecay VolumeSustain VolumeRelease VelocityToPitch VelocityToVolumeAttack VelocitySensitivity VelocityToPan LFO
  WarpTempo BpmLock WarpEnable StretchPercentage Layers`.split(/\s+/);
const LAYER =
  `Active Volume Pan Pitch TuneCoarse TuneFine VelStart VelEnd SampleStart SampleEnd Loop LoopStart LoopEnd LoopTune
  Mute RootNote KeyTrack SampleName SampleFile SliceIndex Direction Offset SliceStart SliceEnd SliceLoopStart
  SliceLoop`.split(/\s+/);

const pad: MadeTexture = {
  family: 'pad',
  source: 'a',
  sampleRate: 44_100,
  bitDepth: 16,
  channelCount: 1,
  seconds: 0.1,
  loops: true,
};
const hiss: MadeTexture = { ...pad, family: 'hiss' };
const hit: MadeTexture = { ...pad, family: 'drum', seconds: 0.02, loops: false };

it('are one a texture, and one for hits', async () => {
  // The first has a root, F sharp 2 and 12.5 cents.
  const site = await madeExport([pad, pad, hiss, hit, hit]);
  const request = { ...site, profile: profileOf(['smpl']), name: 'K', force: false };
  const { files, folder } = await makeKit(nodePlatform, request);
  const read = async (path: string) => readXml(await readFile(join(folder, path), 'utf8'));
  const names = (node: XmlNode) => node.children.map(({ name }) => name);
  const paths = files.map(({ file }) => file.replace(/wav$/, 'xpm'));
  const played: unknown[] = [];
  for (const path of [...paths.filter((each) => !each.includes('DM')), 'K/DRUMS1.xpm']) {
    const file = await read(path);
    expect([file.name, ...names(file)]).toEqual(['MPCVObject', 'Version', 'Program']);
    const [, program] = file.children;
    expect([names(program), program.attributes]).toEqual([PROGRAM, { type: 'Keygroup' }]);
    expect(`K/${textOf(program, 'ProgramName')}.xpm`).toBe(path);
    expect(Object.keys(JSON.parse(textOf(program, 'ProgramPads')).ProgramPads.pads)).toHaveLength(128);
    expect([elementsOf(program, 'PadNote').length, elementsOf(program, 'PadGroup').length]).toEqual([
      128, 128,
    ]);
    const keygroups = elementsOf(program, 'Instrument');
    expect(textOf(program, 'KeygroupNumKeygroups')).toBe(String(keygroups.length));
    for (const keygroup of keygroups) {
      expect(names(keygroup)).toEqual(INSTRUMENT);
      const layers = elementsOf(keygroup, 'Layer');
      for (const layer of layers) expect(names(layer)).toEqual(LAYER);
      expect(layers.map((layer) => textOf(layer, 'VelEnd'))).toEqual(['127', '0', '0', '0']);
      const [layer] = layers;
      const wav = readWav(await readFile(join(folder, 'K', `${textOf(layer, 'SampleName')}.wav`)));
      // 128: the loop is the file's own, which is as long as it.
      expect(textOf(layer, 'SliceIndex')).toBe('128');
      const isOneShot = textOf(keygroup, 'OneShot');
      expect(wav.loop).toEqual(isOneShot === 'True' ? null : { start: 0, end: wav.frames - 1 });
      const keys = ['LowNote', 'HighNote', 'IgnoreBaseNote'].map((name) => textOf(keygroup, name));
      played.push([...keys, isOneShot, textOf(layer, 'RootNote'), textOf(layer, 'TuneFine')].join(' '));
    }
  }
  // Roots are stored one above their note.
  expect(played).toEqual([
    '0 127 False False 43 -12',
    '0 127 False False 61 0',
    '0 127 True False 61 0',
    '36 36 True True 37 0',
    '37 37 True True 38 0',
  ]);
});

it('want loops in the files', () => {
  expect(() => profileOf([])).toThrow(/chunks: must hold smpl/);
});
