/**
 * What the engine makes of the demo's archive, as digests: sources, textures of every family, their figures, and what tells
 * near-copies apart. Only the pure rooms, as built, so it runs in every Node and, served with its imports, in a browser.
 */
const load = (path) => import(new URL(`../../dist/${path}.js`, import.meta.url).href);

const { song, warmChord, glassChoir, drumLoop } = await load('engine/demo/pieces');
const { settingsUnder } = await load('config/defaults');
const { analyse } = await load('analysis/analyse');
const { Random } = await load('dsp/random');
const { soundReader } = await load('dsp/sound');
const { resample } = await load('dsp/resample');
const { make } = await load('engine/makers');
const { randomFor } = await load('engine/random-for');
const { FAMILIES } = await load('families/index');
const { isTexture } = await load('families/texture');
const { layDust } = await load('families/dust/mix');
const { finishTexture } = await load('curation/finish');
const { textureColumns } = await load('curation/columns');
const { gradeWords } = await load('wording/grades');
const { embedSound } = await load('curation/embedding');
const { encodeWav } = await load('formats/wav-writer');

const SAMPLE_RATE = 44_100;
const SEED = 7;
/** Few and short textures; one stretched, one shifted. */
const SETTINGS = settingsUnder({
  pad_miner: { target_durations_sec: [2], max_candidates_per_file: 2 },
  drones: {
    pitch_shift_semitones: [0, 7],
    time_stretch_factors: [1, 1.5],
    swell_duration_sec: 2,
    drone_duration_sec: 4,
  },
  clouds: { cloud_duration_sec: 3, grains_per_cloud: 60, clouds_per_source: 3 },
  beds: { duration_sec: 6, shortest_stretch_sec: 1.5, longest_stretch_sec: 3, longest_overlap_sec: 1.5 },
  hiss: { loop_duration_sec: 2 },
});

/** Nobody plays: noise at -56 dBFS. */
function emptyRoom() {
  const random = new Random('demo', 'room');
  return {
    sampleRate: SAMPLE_RATE,
    channels: [0, 1].map(() =>
      Float32Array.from({ length: 8 * SAMPLE_RATE }, () => 0.0016 * random.gaussian()),
    ),
  };
}

/** Each source, and what is made of it. */
const SOURCES = {
  night_ferry: [() => song(SAMPLE_RATE), ['pads', 'beds']],
  empty_room: [emptyRoom, ['silences']],
  warm_chord: [
    () => resample(warmChord(48_000), SAMPLE_RATE),
    ['pad-loops', 'swells', 'drones', 'clouds', 'beds'],
  ],
  glass_choir: [() => resample(glassChoir(96_000), SAMPLE_RATE), ['clouds']],
  back_room_beat: [() => drumLoop(SAMPLE_RATE), ['hiss', 'drums']],
};

/** SHA-256 of each thing made, by its name; `onMade` is told of each. */
export async function textureDigests() {
  const digests = {};
  const loops = {};
  for (const [source, [sound, makers]] of Object.entries(SOURCES)) {
    const made = sound();
    digests[source] = await digestOf(...made.channels);
    const reader = soundReader(made);
    const material = { name: source, reader, analysis: await analyse(reader) };
    for (const making of makers) {
      for await (const texture of make(
        making,
        material,
        SETTINGS,
        randomFor(SEED, source, making),
        FAMILIES,
      )) {
        if (!isTexture(texture)) continue;
        const finished = await keep(digests, texture, {
          name: source,
          settings: SETTINGS,
          analysis: material.analysis,
        });
        if (texture.loop) loops[texture.family] ??= finished.sound;
      }
    }
  }
  digests.dust = await digestOf(...layDust(loops.pad, loops.hiss, -12).channels);
  return digests;
}

/** Finishes a texture, and takes note of its file and of its figures. */
async function keep(digests, texture, context) {
  const finished = finishTexture(texture, context);
  const { sound, baseName, root } = finished;
  const random = randomFor(SEED, context.name, 'pads')('dither', baseName);
  const sampler = { loop: texture.loop !== null, root };
  const info = { name: baseName, software: '', source: context.name };
  const file = encodeWav(sound, { bitDepth: 24, sampler, info, random });
  const figures = new TextEncoder().encode(
    JSON.stringify(textureColumns(finished, gradeWords(finished.gradeReasons))),
  );
  const embedding = embedSound(sound, texture.loop !== null);
  digests[`${texture.family} ${baseName}`] = await digestOf(file, figures, embedding);
  return finished;
}

/** SHA-256 of arrays one after the other, in hexadecimal digits. */
async function digestOf(...arrays) {
  const bytes = new Uint8Array(await new Blob(arrays).arrayBuffer());
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
