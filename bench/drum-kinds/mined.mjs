/** What the miner cuts out of a file, with default settings. */
import { analyse } from '../../dist/analysis/analyse.js';
import { removeDrift } from '../../dist/analysis/remove-drift.js';
import { resampled } from '../../dist/archive/resampled.js';
import { defaultSettings } from '../../dist/config/defaults.js';
import { layOutHits } from '../../dist/families/drums/cut.js';
import { findHits } from '../../dist/families/drums/hits.js';
import { LISTENED_SEC } from '../../dist/families/drums/kind.js';
import { openSource } from '../../dist/index.js';

/** @returns {Promise<{ hits: number, first: Sound | null }>} how many hits, and the first from its attack on */
export async function minedHits(path) {
  const { global, drum_miner: miner } = defaultSettings();
  const source = await openSource(path);
  try {
    const whole = resampled(source, global.sample_rate);
    const analysis = await analyse(whole);
    const reader = removeDrift(whole, analysis);
    const attacks = await findHits(reader, analysis, miner);
    const places = layOutHits(attacks, reader.frameCount, reader.sampleRate, miner);
    if (places.length === 0) return { hits: 0, first: null };
    const [{ attack, next }] = places;
    const first = await reader.read(
      attack,
      Math.min(next - attack, Math.round(LISTENED_SEC * reader.sampleRate)),
    );
    return { hits: places.length, first };
  } finally {
    await source.close();
  }
}
