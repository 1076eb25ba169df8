/** Where all sound goes: one context at the files' own rate, with one meter before the way out. */
export interface Output {
  /** What voices are connected to; made when it is first wanted. */
  bus(): AudioNode;
  /** Somebody has touched the page since it opened, so that it may sound. */
  isAllowed(): boolean;
  /** Lets sound flow; a browser wants a key or a click before it. */
  wake(): void;
  /** How loud it is now, 0 to 1. */
  level(): number;
}

/** @param rate Hz, of the most textures: those reach the output unchanged, others are resampled */
export function createOutput(rate: () => number): Output {
  let bus: GainNode | null = null;
  let meter: AnalyserNode | null = null;
  const wave = new Float32Array(1024);

  function open(): GainNode {
    const context = new AudioContext({ sampleRate: rate(), latencyHint: 'interactive' });
    meter = new AnalyserNode(context, { fftSize: wave.length });
    const made = new GainNode(context);
    made.connect(meter).connect(context.destination);
    return made;
  }

  return {
    bus: () => {
      bus ??= open();
      return bus;
    },
    isAllowed: () => navigator.userActivation.hasBeenActive,
    wake() {
      bus ??= open();
      const context = bus.context as AudioContext;
      if (context.state !== 'running') void context.resume();
    },
    level() {
      if (!meter) return 0;
      meter.getFloatTimeDomainData(wave);
      let sum = 0;
      for (const sample of wave) sum += sample * sample;
      return Math.min(1, 3 * Math.sqrt(sum / wave.length));
    },
  };
}
