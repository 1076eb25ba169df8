import type { FlacEnding, FlacFrame } from './flac-frames.ts';
import type { FlacInfo } from './flac-info.ts';
import { cutShort } from './pcm-layout.ts';

/** What of a FLAC file is missing, noted while its frames pass. */
export interface FlacLosses {
  /** Samples of frames that are sound, as far as noted. */
  readonly soundSamples: number;
  /** Notes what the numbers of the next frames tell: whether something is missing before the first of them. */
  note(frames: readonly FlacFrame[]): void;
  /** Samples of these frames that turned out to be damaged. */
  noteDamaged(samples: number, sampleRate: number): void;
  /** What is to be said of it, once all is read. */
  sentences(name: string, ending: FlacEnding): string[];
}

/** Notes losses. */
export function flacLosses(): FlacLosses {
  let stream: { info: FlacInfo; samples: number; isPiece: boolean } | null = null;
  let soundSamples = 0;
  /** Seconds, silence included. */
  let length = 0;
  let silent = 0;
  let holes = 0;
  /** Seconds that STREAMINFOs claim and that are not there. */
  let missing = 0;

  function endStream() {
    if (stream === null || stream.isPiece) return;
    missing += Math.max(0, stream.info.totalSamples - stream.samples) / stream.info.sampleRate;
  }

  return {
    get soundSamples() {
      return soundSamples;
    },
    note(frames) {
      const [{ header, info, lostBefore }] = frames;
      if (stream?.info !== info) {
        endStream();
        // A piece of a longer stream keeps that one's numbers and its length.
        stream = { info, samples: 0, isPiece: header.number > 0 && lostBefore === 0 };
      }
      if (lostBefore === null) holes++;
      const lost = lostBefore ?? 0;
      const samples = frames.reduce((sum, frame) => sum + frame.header.blockSize, 0);
      soundSamples += samples;
      stream.samples += lost + samples;
      length += (lost + samples) / header.sampleRate;
      silent += lost / header.sampleRate;
    },
    noteDamaged(samples, sampleRate) {
      soundSamples -= samples;
      silent += samples / sampleRate;
    },
    sentences(name, { brokenSec }) {
      endStream();
      const said: string[] = [];
      if (silent > 0) said.push(`“${name}” is damaged: ${silent.toFixed(2)} s of it are read as silence.`);
      if (holes > 0) said.push(missingSound(name, holes));
      if (missing > 0) said.push(cutShort(name, length, length + missing, 1));
      else if (brokenSec > 0) {
        said.push(`“${name}” breaks off: its last ${brokenSec.toFixed(2)} s are damaged and left out.`);
      }
      return said;
    },
  };
}

function missingSound(name: string, holes: number): string {
  const where = holes === 1 ? 'in one place' : `in ${holes} places`;
  return `“${name}” is damaged ${where}: some sound is missing there and nothing tells how much, so what follows comes at once.`;
}
