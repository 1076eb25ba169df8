declare module '@echogarden/pffft-wasm/simd' {
  /** The emscripten module of PFFFT (J. Pommier); only what the engine calls. */
  export interface Pffft {
    readonly HEAPF32: Float32Array;
    /** 0 where there is no memory left, or the size is impossible. */
    _pffft_new_setup(size: number, transform: 0 | 1): number;
    /** 0 where there is no memory left. */
    _pffft_aligned_malloc(bytes: number): number;
    _pffft_aligned_free(address: number): void;
    _pffft_transform_ordered(
      setup: number,
      input: number,
      output: number,
      work: number,
      direction: 0 | 1,
    ): void;
  }
  export default function createPffft(): Promise<Pffft>;
}
