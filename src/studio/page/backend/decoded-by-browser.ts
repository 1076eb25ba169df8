import type { DecodedAnswer } from '../../inside/messages.ts';

/**
 * What the browser makes of a sound's file; null where it cannot read it. Of more than two channels, the first two.
 * @param sampleRate Hz, to which the browser brings it
 */
export async function decodedByBrowser(file: Blob, sampleRate: number): Promise<DecodedAnswer['sound']> {
  const context = new OfflineAudioContext(2, 1, sampleRate);
  const buffer = await context.decodeAudioData(await file.arrayBuffer()).catch(() => null);
  if (buffer === null) return null;
  const count = Math.min(2, buffer.numberOfChannels);
  return { channels: Array.from({ length: count }, (_, c) => buffer.getChannelData(c).slice()) };
}
