import type { Zod } from './fields.ts';
import { section } from './section.ts';

/** What sources of an unsorted folder are, where somebody knows better than the analysis. */
export const routes = section(
  'What the sounds of an unsorted folder are, where batch need not analyse them: globs of paths or names, as for --only. Where several match, skip counts first, then the order below.',
  {
    skip: globs('Sounds that are skipped.'),
    song: globs('Songs: mined for pads, hits and room tone.'),
    tonal: globs('Held tones and chords: pad loops, swells, drones and clouds are made of them.'),
    drum_loop: globs('Drum loops: for hiss, flickers and hits.'),
    hit: globs('Single hits.'),
    noise: globs('Noise and field recordings: for hiss, clouds and room tone.'),
    speech: globs('Speech: mined for room tone alone.'),
  },
);

function globs(description: string) {
  return (zod: Zod) =>
    zod
      .array(zod.string().trim().min(1).meta({ title: 'globs' }))
      .default([])
      .meta({ description });
}
