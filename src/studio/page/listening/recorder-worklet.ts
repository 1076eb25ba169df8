/** What the browser's audio thread runs while the mix is recorded: it passes on every sample that goes out. */

declare const registerProcessor: (name: string, processor: unknown) => void;
declare const AudioWorkletProcessor: new () => { readonly port: MessagePort };

/** Frames in a message: a tenth of a second or so. */
const BLOCK = 4096;

class Recorder extends AudioWorkletProcessor {
  #blocks = this.#empty();
  #filled = 0;
  /** Nothing is wanted any more; browsers may call a little longer. */
  #isOver = false;
  #hasEnded = false;

  constructor() {
    super();
    this.port.onmessage = () => {
      this.#isOver = true;
    };
  }

  /** @param inputs one of two channels; empty where nothing sounds, which is silence of as many frames */
  process([input]: readonly Float32Array[][], [output]: readonly Float32Array[][]): boolean {
    if (this.#hasEnded) return false;
    const count = output[0].length;
    for (const [c, block] of this.#blocks.entries()) {
      const samples = input[c];
      if (samples) block.set(samples, this.#filled);
    }
    this.#filled += count;
    if (this.#filled === BLOCK || this.#isOver) this.#send();
    this.#hasEnded = this.#isOver;
    return !this.#isOver;
  }

  #send(): void {
    const blocks = this.#blocks.map((block) => block.subarray(0, this.#filled));
    this.port.postMessage({ blocks, isLast: this.#isOver });
    this.#blocks = this.#empty();
    this.#filled = 0;
  }

  #empty(): Float32Array[] {
    return [new Float32Array(BLOCK), new Float32Array(BLOCK)];
  }
}

registerProcessor('recorder', Recorder);
