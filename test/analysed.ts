/** What a page plays, kept and listened to from within it. */

declare global {
  /** Set by {@link listenIn}: what was started, what leads to the way out, and a meter there. */
  var heard: {
    readonly sources: AudioBufferSourceNode[];
    out: AudioNode | null;
    analyser: AnalyserNode | null;
  };
}

/** Runs in the page before its own scripts. */
export function listenIn(): void {
  const heard: typeof globalThis.heard = { sources: [], out: null, analyser: null };
  Object.assign(window, { heard });
  const { start } = AudioBufferSourceNode.prototype;
  AudioBufferSourceNode.prototype.start = function (...when) {
    heard.sources.push(this);
    start.apply(this, when);
  };
  const connect = AudioNode.prototype.connect as (this: AudioNode, to: unknown) => AudioNode;
  AudioNode.prototype.connect = function (this: AudioNode, to: unknown) {
    if (to instanceof AudioDestinationNode && to.context instanceof AudioContext) {
      heard.out = this;
      heard.analyser = to.context.createAnalyser();
      connect.call(this, heard.analyser);
    }
    return connect.call(this, to);
  } as typeof AudioNode.prototype.connect;
}

/** The highest sample of what is heard now; runs in the page. */
export function levelHeard(): number {
  const wave = new Float32Array(heard.analyser?.fftSize ?? 0);
  heard.analyser?.getFloatTimeDomainData(wave);
  return Math.max(0, ...wave);
}
