import fc from 'fast-check';

/** Property tests try the same cases on every run, so that no change fails by chance; another seed tries others. */
fc.configureGlobal({ seed: Number(process.env.AFTERGLOW_TEST_SEED ?? 1) });
