/**
 * Which functions of the engine begin which stage. Between them and the next one down, time counts for the stage that
 * called; what nothing claims is `other`: planning, events, the manifest's upkeep.
 */

/** In the order of the road that a sound takes. */
export const STAGES = ['start', 'read', 'decode', 'analyse', 'search', 'make', 'finish', 'write', 'other'];

/**
 * By compiled file: the function, its stage, and the way it is timed (see stage-clock.mjs). In this checkout all must be there;
 * in another that it is compared with, what is missing counts for the stage that calls it.
 */
export const STAGE_FUNCTIONS = {
  'archive/byte-file.js': [['openByteFile', 'read', 'timedReader']],
  'archive/content-hash.js': [['contentHash', 'read', 'timed']],
  'archive/source.js': [['openSource', 'decode', 'timedReader']],
  'archive/resampled.js': [['resampled', 'decode', 'timedReader']],
  'analysis/remove-drift.js': [['removeDrift', 'decode', 'timedReader']],
  'analysis/analyse.js': [['analyse', 'analyse', 'timed']],
  'analysis/moments.js': [['findMoments', 'search', 'timed']],
  'loops/close.js': [['closeLoop', 'search', 'timed']],
  'engine/makers.js': [['make', 'make', 'timedIterable']],
  'curation/finish.js': [['finishTexture', 'finish', 'timed']],
  'formats/wav-writer.js': [['encodeWav', 'write', 'timed']],
  'archive/write.js': [['writeAtomic', 'write', 'timed']],
  'archive/json-lines.js': [['appendLines', 'write', 'timed']],
};
