/** In which order files of tests begin: the long ones first, so that no worker is left alone with one at the end. */
import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Those that take over ten seconds of the CPU, what they start included; the longest first. Two workers, Node 20. */
const LONGEST: readonly string[] = [
  'test/docs/commands.test.ts',
  'test/platform/faults.test.ts',
  'test/bench/faults.test.ts',
  'test/end-to-end/json.test.ts',
  'test/end-to-end/shards.test.ts',
  'test/palette/batch.test.ts',
  'test/studio/making.test.ts',
  'test/formats/other-programs.test.ts',
  'test/palette/render.test.ts',
  'test/engine/up-to-date.test.ts',
  'test/studio/whole.test.ts',
  'test/palette/every-profile.test.ts',
  'test/same-bytes/same-bytes.test.ts',
  'test/end-to-end/library-page.test.ts',
  'test/docs/architecture-examples.test.ts',
  'test/studio/page-many.test.ts',
  'test/studio/page-views.test.ts',
  'test/studio/page-care.test.ts',
  'test/studio/page.test.ts',
  'test/bench/speed.test.ts',
  'test/report/browser.test.ts',
  'test/end-to-end/curate.test.ts',
  'test/studio/page-sound.test.ts',
  'test/dsp/kernels.test.ts',
  'test/archive/source.test.ts',
  'test/dsp/stretch.test.ts',
];

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { root } = this.ctx.config;
    const placeOf = ({ project, moduleId }: TestSpecification) => {
      // Between others they would cost these the process that they share.
      if (project.config.isolate) return -1;
      const place = LONGEST.indexOf(relative(root, moduleId).replaceAll('\\', '/'));
      return place < 0 ? LONGEST.length : place;
    };
    return (await super.sort(files)).sort((a, b) => placeOf(a) - placeOf(b));
  }
}
