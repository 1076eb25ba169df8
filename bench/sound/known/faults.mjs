/**
 * Deliberate faults. Textures of the demo's own music are made by the engine and measured as those of an export are;
 * then they are spoilt in one way, and the figures for that fault must turn red, and no others. A bench that lets a
 * fault pass measures nothing; one that is red all over does not say what is wrong.
 */
import { tonalityOf } from '../../../dist/analysis/tonality.js';
import { defaultSettings } from '../../../dist/config/defaults.js';
import { measureTexture } from '../../../dist/curation/figures.js';
import { noteName } from '../../../dist/curation/note-names.js';
import { butterworthLowPass } from '../../../dist/dsp/butterworth.js';
import { filter, filterCircular } from '../../../dist/dsp/filter.js';
import { levelsOf } from '../../../dist/dsp/levels.js';
import { loudness } from '../../../dist/dsp/loudness.js';
import { Random } from '../../../dist/dsp/random.js';
import { stretch } from '../../../dist/dsp/stretch.js';
import { truePeak } from '../../../dist/dsp/true-peak.js';
import { glassChoir, song } from '../../../dist/engine/demo/pieces.js';
import { makeClouds } from '../../../dist/families/clouds/make.js';
import { makeHiss } from '../../../dist/families/hiss/make.js';
import { makePads } from '../../../dist/families/pads/make.js';
import { makePadLoops } from '../../../dist/families/pads/pad-loops.js';
import { placeWrap } from '../../../dist/loops/place-wrap.js';
import { findCrossfade } from '../crossfade-place.mjs';
import { kindLines } from '../export-lines.mjs';
import { loudnessOf } from '../loudness.mjs';
import { wantedLufs } from '../loudness-lines.mjs';
import { line } from '../verdicts.mjs';
import { swell, withNote } from './courses.mjs';
import { allOf } from './makers.mjs';
import { RATE } from './signals.mjs';

/**
 * Each fault: the kind of texture it befalls, what it does to one (or to all, where it takes a list), and how the
 * figures begin that must turn red; `also` may, since they look at the same thing.
 */
const FAULTS = {
  'DC left in': {
    kind: 'mined pad',
    spoil: (item) => ({ ...item, channels: item.channels.map((channel) => channel.map((x) => x + 0.05)) }),
    red: ['largest DC'],
  },
  'levelled to the peak alone': {
    kind: 'pad loop',
    // One loop with one sample that stands out: levelled by it, the rest is softer.
    spoilAll: ([first, ...others]) =>
      [first, ...others, withPeak(first)].map((item) => ({ ...item, toPeak: true })),
    red: ['loudness'],
    // The one sample is an event.
    also: ['pairs', 'landmark'],
  },
  'a root half a semitone off': {
    kind: 'mined pad',
    spoil: (item) => ({ ...item, falseCents: 50 }),
    red: ['roots told'],
  },
  'one channel twice': {
    kind: 'mined pad',
    spoil: (item) => ({ ...item, channels: [item.channels[0], item.channels[0]] }),
    red: ['stereo source', 'stereo error'],
    // One side is no longer the source's: the crossfade is looked for by comparison with both.
    also: ['largest difference from the source', 'crossfade'],
  },
  'a filter that does not go round': {
    kind: 'cloud',
    // Its first milliseconds are silence that fills up.
    spoil: (item) => ({
      ...item,
      channels: filter(item.channels, butterworthLowPass(4, 700, RATE)),
    }),
    red: ['seam'],
    // What fills up strikes in every round, and is darker, so further from its source; the few partials under 700 Hz are more
    // alike from moment to moment, and from cloud to cloud; of three clouds, all near the bound for stereo, any may cross it.
    also: [
      'clouds with a landmark',
      'two clouds of one source',
      'stereo error',
      'distance from the source',
      'rings that repeat 300 ms',
      'pairs with the same samples',
    ],
  },
  'grains that are not normalised': {
    kind: 'cloud',
    spoil: (item) => ({ ...item, channels: sparseGrains(item.channels) }),
    red: ['100 ms RMS'],
    // Holes are not in the source.
    also: ['most silence', 'clouds with a landmark', 'stereo error', 'distance from the source'],
  },
  'a stretch the wrong way': {
    kind: 'pad loop',
    spoil: async (item) => {
      const factor = 1 / 1.5 ** 2;
      const { channels } = await stretch(
        { sampleRate: RATE, channels: item.channels },
        { factor, semitones: 0 },
      );
      return { ...item, channels: placeWrap({ sampleRate: RATE, channels }, null).sound.channels };
    },
    red: ['length'],
    // What stretches a loop as if it were a one-shot leaves a seam too, which is an event.
    also: ['seam', 'landmark'],
  },
  'the same pad twice': {
    kind: 'mined pad',
    spoilAll: (items) => [...items, items[1]],
    red: ['pairs'],
    also: ['least time between'],
  },
  'a ring that says everything twice': {
    kind: 'hiss loop',
    spoil: (item) => ({
      ...item,
      channels: item.channels.map((channel) => channel.map((_, n) => channel[n % (channel.length >> 1)])),
    }),
    red: ['rings that repeat'],
    also: ['tremolo', 'seam'],
  },
  'a crossfade that dips in the treble': {
    kind: 'mined pad',
    spoil: (item, project) => dulled(item, project),
    red: ['crossfade: level of the treble'],
    also: ['crossfades with'],
  },
  'a note struck in a pad': {
    kind: 'mined pad',
    spoil: (item) => ({ ...item, channels: item.channels.map((channel) => withNote(channel, 660, 0)) }),
    red: ['landmark'],
    // It is not in the source, and it decays.
    also: ['stereo error', 'largest difference from the source', 'crossfade', 'pairs', 'seam', 'swell'],
  },
  'a pad that swells': {
    kind: 'mined pad',
    spoil: (item) => ({ ...item, channels: item.channels.map((channel) => swell(channel, 1)) }),
    red: ['swell'],
    also: ['crossfade', 'seam'],
  },
  'a tremolo with half a cycle too many': {
    kind: 'hiss loop',
    spoil: (item) => ({
      ...item,
      channels: item.channels.map((channel) =>
        channel.map((x, n) => {
          const place = n / channel.length;
          const cycles = Math.round((3 * channel.length) / RATE);
          const [was, is] = [cycles, cycles + 0.5].map((c) => 0.7 + 0.3 * Math.cos(2 * Math.PI * c * place));
          return (x * is) / was;
        }),
      ),
    }),
    red: ['tremolo'],
    also: ['seam', '100 ms RMS', 'most silence'],
  },
};

const FAULT_NAMES = Object.keys(FAULTS);

/** Lines of all faults, and of what was not spoilt. @param names of the faults; all where left out */
export async function faultLines(names = FAULT_NAMES) {
  const project = await knownProject();
  const kinds = [...new Set(names.map((name) => FAULTS[name].kind))];
  const lines = [];
  const before = {};
  for (const kind of kinds) {
    before[kind] = await misses(kind, project.items[kind], project);
    lines.push(
      line(
        'control: faults',
        `nothing spoilt, ${kind}: figures that are red${listed(before[kind])}`,
        before[kind].length,
        {
          count: project.items[kind].length,
        },
      ),
    );
  }
  for (const name of names) {
    const { kind, spoil, spoilAll, red, also = [] } = FAULTS[name];
    const items = project.items[kind];
    const spoilt = spoilAll ? spoilAll(items) : await Promise.all(items.map((item) => spoil(item, project)));
    const found = (await misses(kind, spoilt, project)).filter((figure) => !before[kind].includes(figure));
    const isOf = (starts) => (figure) => starts.some((start) => figure.startsWith(start));
    const others = found.filter((figure) => !isOf([...red, ...also])(figure));
    lines.push(
      line('control: faults', `${name}: figures that turn red`, found.filter(isOf(red)).length, {
        atLeast: 1,
      }),
      line('control: faults', `${name}: others that do${listed(others)}`, others.length, { atMost: 0 }),
    );
  }
  return lines;
}

const listed = (figures) => (figures.length > 0 ? ` (${figures.join('; ')})` : '');

/** What is true of a run of many loops on the average: of three it says nothing. */
const OF_A_RUN =
  /^(seam: median level|crossfade: level .* median|mean rank|rank of the wrap|the same by either|control: )/;

/** The figures of these textures that miss their targets. */
async function misses(kind, items, project) {
  const textures = items.map(asInManifest);
  const lines = await kindLines(kind, textures, ({ sound }) => sound, project);
  return lines
    .filter(({ verdict, figure }) => verdict === 'MISS' && !OF_A_RUN.test(figure))
    .map(({ figure }) => figure);
}

/** A texture at its level, DC and all, with the row that the engine's own figures would give it. */
function asInManifest({
  kind,
  source,
  variant,
  loop,
  origin,
  channels: given,
  ceilingDb,
  toPeak = false,
  falseCents = 0,
}) {
  const toCeiling = ceilingDb - 20 * Math.log10(truePeak({ sampleRate: RATE, channels: given }, true));
  const toLoudness = wantedLufs(ceilingDb, defaultSettings()) - loudnessOf(given, RATE, true);
  const gain = 10 ** ((toPeak ? toCeiling : Math.min(toCeiling, toLoudness)) / 20);
  const channels = given.map((channel) => channel.map((x) => x * gain));
  const sound = { sampleRate: RATE, channels };
  const { seam, course } = placeWrap(sound, loop.kind === 'splice' ? loop.crossfade : null);
  const texture = { family: 'pad', variant, index: 1, sound, loop, origin, targetPeakDb: ceilingDb };
  const { lufs, truePeakDb } = measureTexture(
    texture,
    { sound, levels: levelsOf(sound), truePeak: truePeak(sound, true), lufs: loudness(sound, true) },
    { seam, course },
    null,
  );
  return {
    kind,
    loops: true,
    variant,
    source,
    sourcePath: `${source}.wav`,
    startSec: origin.startSec,
    endSec: origin.endSec,
    sound,
    row: {
      duration_sec: channels[0].length / RATE,
      sample_rate: RATE,
      true_peak_dbtp: truePeakDb,
      lufs,
      seam_step: seam.step,
      seam_level_db: seam.levelDb,
      seam_flux: seam.flux,
      landmark_times: course.landmark.times,
      landmark_db: course.landmark.db,
      swell_db: course.swellDb,
      loop_error_db: 20 * Math.log10(seam.stepOfPeak + 1e-9),
      ...rootColumns(kind === 'hiss loop' ? null : tonalityOf(sound, true).root, falseCents),
      source_start_sec: origin.startSec,
      source_end_sec: origin.endSec,
    },
  };
}

/** Textures of the demo's song, glass choir and (as stereo) the song's drums, and the project they would be of. */
async function knownProject() {
  const settings = defaultSettings();
  settings.drones.pitch_shift_semitones = [0];
  settings.drones.time_stretch_factors = [1.5];
  settings.drones.pad_variants = ['warm'];
  // Spread grains are wider than their source: here every figure of the image has to be met.
  settings.clouds.stereo_spread = 0;
  const sources = { song: song(RATE), choir: glassChoir(RATE) };
  const drums = {
    sampleRate: RATE,
    channels: sources.song.channels.map((channel) => channel.subarray(16 * RATE, 24 * RATE)),
  };
  const made = {
    'mined pad': ['song', await allOf(makePads, sources.song.channels, settings)],
    cloud: ['choir', await allOf(makeClouds, sources.choir.channels, settings)],
    'pad loop': ['choir', await allOf(makePadLoops, sources.choir.channels, settings)],
    'hiss loop': ['drums', await allOf(makeHiss, drums.channels, settings)],
  };
  sources.drums = drums;
  const items = Object.fromEntries(
    Object.entries(made).map(([kind, [source, textures]]) => [
      kind,
      textures
        .filter(({ loop }) => loop !== null)
        .map(({ sound, loop, origin, variant, targetPeakDb }) => ({
          kind,
          source,
          variant,
          loop,
          origin,
          ceilingDb: targetPeakDb,
          channels: withoutMeans(
            placeWrap(sound, loop.kind === 'splice' ? loop.crossfade : null).sound.channels,
          ),
        })),
    ]),
  );
  const readRegion = async ({ source, startSec, endSec }, sampleRate, aroundSec = 0) => {
    const { channels } = sources[source];
    const [start, end] = [startSec, endSec].map((seconds) => Math.round(seconds * sampleRate));
    const around = Math.round(aroundSec * sampleRate);
    const from = Math.max(0, start - around);
    const to = Math.min(channels[0].length, end + around);
    return {
      channels: channels.map((channel) => channel.subarray(from, to)),
      before: start - from,
      after: to - end,
    };
  };
  return { settings, items, readRegion, passedOver: null };
}

function rootColumns(root, falseCents) {
  return root ? { root_note: noteName(root.note), root_cents: root.cents + falseCents } : { root_note: '' };
}

/** The loop with its largest sample four times as large. */
function withPeak(item) {
  const at = item.channels[0].reduce((most, x, n, all) => (Math.abs(x) > Math.abs(all[most]) ? n : most), 0);
  const channels = item.channels.map((channel) => channel.map((x, n) => (n === at ? 4 * x : x)));
  return { ...item, channels };
}

function withoutMeans(channels) {
  return channels.map((channel) => {
    const mean = channel.reduce((sum, x) => sum + x, 0) / channel.length;
    return channel.map((x) => x - mean);
  });
}

/** Grains of a sound thrown on a ring with nothing to even them out; turned to where its wrap is calm. */
function sparseGrains(channels) {
  const { length } = channels[0];
  const grain = Math.round(0.15 * RATE);
  const random = new Random('bench', 'grains');
  const places = Array.from({ length: Math.round((10 * length) / grain) }, () => random.below(length));
  const rings = channels.map((channel) => {
    const ring = new Float32Array(length);
    for (const at of places) {
      for (let n = 0; n < grain; n++) {
        const place = (at + n) % length;
        ring[place] += Math.sin((Math.PI * n) / grain) ** 2 * channel[place];
      }
    }
    return ring;
  });
  return placeWrap({ sampleRate: RATE, channels: withoutMeans(rings) }, null).sound.channels;
}

/** The pad with its crossfade dipping by 4 dB above 4 kHz, as when two sides cancel there. */
async function dulled(item, project) {
  const texture = { source: item.source, startSec: item.origin.startSec, endSec: item.origin.endSec };
  const region = await project.readRegion(texture, RATE, 2);
  const { start, length: fade } = findCrossfade(item.channels, region, RATE);
  const lowPass = butterworthLowPass(2, 4000, RATE);
  const channels = item.channels.map((channel) => {
    const low = filterCircular([channel], lowPass)[0];
    const result = channel.slice();
    for (let k = 0; k < fade; k++) {
      const at = (start + k) % channel.length;
      const depth = 0.5 * Math.sin((Math.PI * k) / fade) ** 0.5;
      result[at] -= depth * (channel[at] - low[at]);
    }
    return result;
  });
  return { ...item, channels };
}
