/**
 * The mix as it goes out, recorded to a WAV: sample for sample what the voices gave, since the audio thread itself passes it on,
 * however busy the page is.
 */
import { Random } from '../../../dsp/random.ts';
import { encodeWav } from '../../../formats/wav-writer.ts';
import { announce, byId } from '../../../report/page/element.ts';
import { backend } from '../backend/backend.ts';
import { giveFile } from '../backend/give-file.ts';
import type { Output } from '../sound/output.ts';
import { showSoundProblem } from '../state/latest-request.ts';

/** Stereo floats of ten minutes are 200 MB, in the page's memory until they are saved. */
const LONGEST_SEC = 600;
/** The highest sample of a recording that would clip, which is lowered to it. */
const HIGHEST = 0.98;

interface Block {
  /** Of both channels, as long as each other. */
  readonly blocks: readonly Float32Array[];
  readonly isLast: boolean;
}

export interface Recorder {
  /** Begins to record, or ends it and gives the file. */
  toggle(): void;
}

export function createRecorder(output: Output): Recorder {
  const button = byId<HTMLButtonElement>('record');
  const words = button.querySelector('span')!;
  let end: (() => void) | null = null;

  function show(seconds: number | null): void {
    words.textContent = seconds === null ? 'record' : `end recording, ${Math.floor(seconds)} s`;
    button.classList.toggle('active', seconds !== null);
  }
  async function begin(): Promise<void> {
    output.wake();
    const bus = output.bus();
    const { sampleRate } = bus.context;
    const kept: Block['blocks'][] = [];
    let seconds = 0;
    end = await listen(bus, (block) => {
      kept.push(block.blocks);
      seconds += block.blocks[0].length / sampleRate;
      show(block.isLast ? null : seconds);
      if (block.isLast) save(kept, sampleRate);
      else if (seconds > LONGEST_SEC) toggle();
    });
    show(0);
    announce('what sounds is recorded');
  }
  function toggle(): void {
    if (end) {
      end();
      end = null;
    } else begin().catch(({ message }: Error) => showSoundProblem(`It cannot be recorded here: ${message}`));
  }
  return { toggle };
}

/** @returns ends it; the last block is still passed on */
async function listen(bus: AudioNode, onBlock: (block: Block) => void): Promise<() => void> {
  await bus.context.audioWorklet.addModule(backend().recorderAddress);
  const node = new AudioWorkletNode(bus.context, 'recorder', {
    channelCount: 2,
    channelCountMode: 'explicit',
  });
  node.port.onmessage = ({ data }: MessageEvent<Block>) => {
    onBlock(data);
    if (data.isLast) bus.disconnect(node);
  };
  bus.connect(node);
  return () => node.port.postMessage('end');
}

function save(kept: readonly Block['blocks'][], sampleRate: number): void {
  const channels = [0, 1].map((c) => joined(kept.map((blocks) => blocks[c])));
  const first = Math.min(...channels.map(firstSound));
  if (!Number.isFinite(first)) {
    announce('nothing sounded, so nothing was recorded');
    return;
  }
  const sounding = channels.map((channel) => channel.subarray(first));
  const peak = Math.max(...sounding.map(highest));
  const factor = peak > 1 ? HIGHEST / peak : 1;
  for (const channel of sounding) for (let n = 0; n < channel.length; n++) channel[n] *= factor;
  const sound = { sampleRate, channels: sounding };
  const bytes = encodeWav(sound, { bitDepth: 24, random: new Random('recording') });
  const name = `afterglow ${new Date().toISOString().slice(0, 19).replaceAll(':', '.').replace('T', ' ')}.wav`;
  giveFile(name, new Blob([bytes], { type: 'audio/wav' }));
  const lowered =
    factor === 1 ? '' : `, lowered by ${(-20 * Math.log10(factor)).toFixed(1)} dB so that nothing clips`;
  announce(`${name} is among your downloads${lowered}`);
}

function joined(blocks: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(blocks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const block of blocks) {
    all.set(block, at);
    at += block.length;
  }
  return all;
}

/** The frame in which a recording begins to sound; infinite where it never does. */
function firstSound(channel: Float32Array): number {
  const first = channel.findIndex((sample) => sample !== 0);
  return first < 0 ? Number.POSITIVE_INFINITY : first;
}

function highest(channel: Float32Array): number {
  let most = 0;
  for (const sample of channel) most = Math.max(most, Math.abs(sample));
  return most;
}
