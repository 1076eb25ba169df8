/** The first 44 bytes of a WAV of 16-bit samples, for music that a bench makes itself. */
export function wavHeader16(frames, channelCount, sampleRate) {
  const frameBytes = 2 * channelCount;
  const head = Buffer.alloc(44);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(36 + frameBytes * frames, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(channelCount, 22);
  head.writeUInt32LE(sampleRate, 24);
  head.writeUInt32LE(frameBytes * sampleRate, 28);
  head.writeUInt16LE(frameBytes, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(frameBytes * frames, 40);
  return head;
}
