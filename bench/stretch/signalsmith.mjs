/**
 * Signalsmith Stretch (G. Luff, MIT), out of its audio worklet: the package exports nothing but a processor that
 * registers itself on the worklet's globals, so those are lent to it, and its WebAssembly module is used.
 */

let Processor;

/**
 * @param block, interval window and distance of windows, s; the package's default is 0.12 and 0.03
 * @returns {Promise<Float32Array[]>} round(frames · factor) frames a channel
 */
export async function signalsmith(channels, sampleRate, { factor, semitones }, { block, interval }) {
  const module = await load();
  const [blockFrames, hop] = [Math.round(block * sampleRate), Math.round(interval * sampleRate)];
  const capacity = blockFrames + hop;
  module._configure(channels.length, blockFrames, hop, 0);
  const buffers = module._setBuffers(channels.length, capacity);
  module._setTransposeFactor(2 ** (semitones / 12), 0);
  const view = (index) => new Float32Array(module.HEAP8.buffer, buffers + index * capacity * 4, capacity);
  const feed = (from, count) => {
    for (const [c, samples] of channels.entries()) {
      const input = view(c);
      for (let i = 0; i < count; i++) input[i] = samples[from + i] ?? 0;
    }
  };
  const latency = module._inputLatency();
  const delay = module._outputLatency();
  const length = Math.round(channels[0].length * factor);
  const output = channels.map(() => new Float32Array(length));
  const step = Math.floor((capacity - 1) * Math.min(1, factor));
  feed(latency - capacity, capacity);
  module._seek(capacity, 1 / factor);
  let consumed = 0;
  for (let made = 0; made < length + delay; made += step) {
    const wanted = Math.round((made + step) / factor);
    feed(latency + consumed, wanted - consumed);
    module._process(wanted - consumed, step);
    consumed = wanted;
    const skipped = Math.max(0, delay - made);
    const kept = Math.min(step, length + delay - made);
    if (skipped >= kept) continue;
    for (const [c, channel] of output.entries()) {
      channel.set(view(channels.length + c).subarray(skipped, kept), made + skipped - delay);
    }
  }
  return output;
}

/** A module of its own for every call: its memory keeps what it heard. */
async function load() {
  class Worklet {
    constructor() {
      this.ready = new Promise((resolve) => {
        this.port = { postMessage: resolve };
      });
    }
  }
  Object.assign(globalThis, {
    AudioWorkletProcessor: Worklet,
    registerProcessor: (_name, registered) => {
      Processor = class extends registered {
        configure() {}
      };
    },
    sampleRate: 44_100,
  });
  await import('signalsmith-stretch');
  const processor = new Processor({ numberOfOutputs: 1, outputChannelCount: [1] });
  await processor.ready;
  return processor.wasmModule;
}
