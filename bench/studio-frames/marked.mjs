/** Moments of a page by the clock of its main thread, as Chromium's trace has them: what other programs take does not count. */

/** What pages mark by `performance.mark`. */
const CATEGORY = 'blink.user_timing';

/**
 * Does something with a page under a trace.
 * @returns the page's marks in order of time: each with its `name`, and the `cpuMs` that its thread had taken by then, of one origin for all
 */
export async function marksWhile(page, act) {
  const session = await page.context().newCDPSession(page);
  const events = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...value));
  const isWhole = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.start', {
    traceConfig: { includedCategories: [CATEGORY] },
    transferMode: 'ReportEvents',
  });
  await act();
  await session.send('Tracing.end');
  await isWhole;
  await session.detach();
  return events
    .filter(({ cat, tts }) => cat === CATEGORY && tts !== undefined)
    .sort((a, b) => a.ts - b.ts)
    .map(({ name, tts }) => ({ name, cpuMs: tts / 1000 }));
}
