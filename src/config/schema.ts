import * as z from 'zod';
import { curation, musicality, preAnalysis, reproducibility } from '../settings/judgement.ts';
import { brightnessTags, exported, global, naming, paths } from '../settings/output.ts';
import { routes } from '../settings/routes.ts';
import { clouds, drones, drumMiner, dust, hiss, padMiner, silenceMiner } from './schema/textures.ts';

/** Every key of config.yaml. Loading this loads zod; for the type alone, import `Settings`. */
export const settingsSchema = z.strictObject({
  global,
  paths,
  pad_miner: padMiner,
  drones,
  clouds,
  hiss,
  drum_miner: drumMiner,
  silence_miner: silenceMiner,
  dust,
  export: exported,
  naming,
  brightness_tags: brightnessTags,
  pre_analysis: preAnalysis,
  curation,
  musicality,
  routes,
  reproducibility,
});
