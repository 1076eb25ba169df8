import { readFileSync, writeFileSync } from 'node:fs';
import { extname } from 'node:path';

/**
 * Copies a file so that it sounds the same and its bytes differ: what is the same byte for byte is mined once.
 * @param number another, and another copy; 0 to 255
 */
export function distinctCopy(from, to, number) {
  const bytes = readFileSync(from);
  const mark = Buffer.from([0, 0, 0, number]);
  const length = Buffer.from([0, 0, 0, mark.length]);
  switch (extname(from).toLowerCase()) {
    case '.flac':
      writeFileSync(to, withBlock(bytes, mark));
      break;
    case '.aif':
    case '.aiff':
      writeFileSync(to, Buffer.concat([bytes, Buffer.from('ANNO'), length, mark]));
      break;
    default:
      // A chunk of RIFF; elsewhere a few bytes behind the end.
      writeFileSync(to, Buffer.concat([bytes, Buffer.from('JUNK'), length.reverse(), mark]));
  }
}

/** A FLAC with an APPLICATION block behind STREAMINFO, which is first and 34 bytes long. */
function withBlock(bytes, mark) {
  const end = 4 + 4 + 34;
  const isLast = bytes[4] & 0x80;
  const head = Buffer.from(bytes.subarray(0, end));
  head[4] &= 0x7f;
  const block = Buffer.concat([Buffer.from([isLast | 2, 0, 0, 4 + mark.length]), Buffer.from('copy'), mark]);
  return Buffer.concat([head, block, bytes.subarray(end)]);
}
