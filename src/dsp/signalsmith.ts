/**
 * Signalsmith Stretch (G. Luff, MIT), out of its audio worklet.
 *
 * The package exports nothing but a worklet processor that registers itself on the worklet's globals.
 * Here those globals exist only while the package loads and while its processor is constructed; the
 * processor is then thrown away and its WebAssembly module kept. Works in any thread, a browser's too.
 *
 * Left alone, the module would not repeat itself. Its random generator
 * (used to blur phases beyond 2×) is seeded from the system: it is given a constant instead. And its
 * own reset leaves the last input's energies behind: instead, its whole memory (2.7 MB for stereo at
 * 44.1 kHz) is put back as it was when new, before every use.
 */

/** The emscripten module; only what the engine calls. Lengths are in frames. */
interface StretchModule {
  readonly HEAP8: Int8Array;
  _main(): void;
  _configure(channels: number, block: number, interval: number, splitComputation: number): void;
  /** Address of 2 · channels buffers, one after the other: inputs, then outputs. */
  _setBuffers(channels: number, length: number): number;
  _inputLatency(): number;
  _outputLatency(): number;
  _setTransposeFactor(factor: number, tonalityLimit: number): void;
  _seek(inputFrames: number, playbackRate: number): void;
  _process(inputFrames: number, outputFrames: number): void;
}

interface Processor {
  readonly wasmModule: StretchModule;
  /** Resolves when the module is there. */
  readonly ready: Promise<void>;
}

type ProcessorClass = new (options: { numberOfOutputs: number; outputChannelCount: number[] }) => Processor;

/** A stretcher of fixed channel count and block length. */
export interface Stretcher {
  /** Frames a call may take in or give out at most. */
  readonly capacity: number;
  /** How far the centre of analysis lies behind the newest input, frames. */
  readonly inputLatency: number;
  /** How far the output lies behind the centre of analysis, frames. */
  readonly outputLatency: number;
  /** Views of the buffers, one a channel. */
  readonly inputs: readonly Float32Array[];
  readonly outputs: readonly Float32Array[];
  /** Multiplies every frequency. */
  transpose(factor: number): void;
  /** Takes `frames` of input as history, without output. */
  seek(frames: number, playbackRate: number): void;
  /** Turns `inputFrames` of input into `outputFrames` of output. */
  process(inputFrames: number, outputFrames: number): void;
}

const instances = new Map<string, Promise<() => Stretcher>>();

/**
 * Loads a stretcher once for each shape, and gives a function that makes it as new; the same calls on
 * it then give the same bytes, whatever was done before. All users share one memory: be done with the
 * stretcher before you await anything.
 * @param block analysis window, frames
 * @param interval distance of windows, frames
 */
export function loadStretcher(channels: number, block: number, interval: number): Promise<() => Stretcher> {
  const shape = `${channels} ${block} ${interval}`;
  let instance = instances.get(shape);
  if (!instance) {
    instance = createInstance(channels, block, interval);
    instances.set(shape, instance);
    // What failed for want of memory may go well the next time.
    instance.catch(() => instances.delete(shape));
  }
  return instance;
}

async function createInstance(channels: number, block: number, interval: number): Promise<() => Stretcher> {
  const module = await createModule();
  const capacity = block + interval;
  module._configure(channels, block, interval, 0);
  const buffers = module._setBuffers(channels, capacity);
  const whenNew = module.HEAP8.slice();
  return () => {
    const heap = module.HEAP8;
    heap.set(whenNew);
    heap.fill(0, whenNew.length);
    const view = (index: number) => new Float32Array(heap.buffer, buffers + index * capacity * 4, capacity);
    return {
      capacity,
      inputLatency: module._inputLatency(),
      outputLatency: module._outputLatency(),
      inputs: Array.from({ length: channels }, (_, channel) => view(channel)),
      outputs: Array.from({ length: channels }, (_, channel) => view(channels + channel)),
      transpose: (factor) => module._setTransposeFactor(factor, 0),
      seek: (frames, playbackRate) => module._seek(frames, playbackRate),
      process: (inputFrames, outputFrames) => module._process(inputFrames, outputFrames),
    };
  };
}

async function createModule(): Promise<StretchModule> {
  processorClass ??= importProcessor().catch((error) => {
    processorClass = undefined;
    throw error;
  });
  const Processor = await processorClass;
  const restore = setGlobals({
    // The processor wants the rate for its clock, which nobody asks for here.
    sampleRate: 44100,
    crypto: { getRandomValues: (bytes: Uint8Array) => bytes.fill(1) },
  });
  let processor: Processor;
  try {
    processor = new Processor({ numberOfOutputs: 1, outputChannelCount: [1] });
  } finally {
    restore();
  }
  await processor.ready;
  return processor.wasmModule;
}

let processorClass: Promise<ProcessorClass> | undefined;

async function importProcessor(): Promise<ProcessorClass> {
  let registered: ProcessorClass | undefined;
  const restore = setGlobals({
    AudioWorkletProcessor: WorkletProcessor,
    registerProcessor: (_name: string, processor: ProcessorClass) => {
      registered = processor;
    },
  });
  try {
    await import('signalsmith-stretch');
  } finally {
    restore();
  }
  if (!registered) throw new Error('The package signalsmith-stretch registered no processor.');
  return class extends registered {
    // The package's own would look for the worklet's sample rate when that global is gone again.
    configure(): void {}
  };
}

/** What the package's processor extends, as far as it needs it; its first message says that it is ready. */
class WorkletProcessor {
  readonly port: { onmessage: null; postMessage: () => void };
  readonly ready: Promise<void>;

  constructor() {
    let announce = () => {};
    this.ready = new Promise((resolve) => {
      announce = resolve;
    });
    this.port = { onmessage: null, postMessage: () => announce() };
  }
}

/** Defines globals; the function returned puts back what was there. */
function setGlobals(values: Record<string, unknown>): () => void {
  const before = Object.keys(values).map(
    (name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const,
  );
  for (const [name, value] of Object.entries(values)) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
  return () => {
    for (const [name, descriptor] of before) {
      if (descriptor) Object.defineProperty(globalThis, name, descriptor);
      else Reflect.deleteProperty(globalThis, name);
    }
  };
}
