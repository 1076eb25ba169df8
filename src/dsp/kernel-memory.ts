/**
 * The memory that the kernels (kernels.ts) work in, and who owns what of it. Whoever calls a kernel has a
 * {@link KernelWorkspace}: arrays and structs of its own, which nobody else is given until it is released. So two users
 * cannot meet, whatever runs between the steps of one.
 *
 * The memory never grows, which would take all arrays in it from their owners (scripts/kernels/compile.mjs says how large it
 * is).
 */
import { KERNEL_MODULE, KERNEL_STRUCTS } from './kernel-module.ts';
import { type Span, SpanList } from './span-list.ts';

declare const inKernelMemory: unique symbol;
/** What only this file makes: an array in the kernels' memory, which kernels can read and write. */
interface InKernelMemory {
  readonly [inKernelMemory]: true;
}
export type KernelFloats = Float32Array<ArrayBuffer> & InKernelMemory;
export type KernelDoubles = Float64Array<ArrayBuffer> & InKernelMemory;
export type KernelIntegers = Int32Array<ArrayBuffer> & InKernelMemory;
export type KernelBytes = Uint8Array<ArrayBuffer> & InKernelMemory;

interface Arrays {
  readonly Floats: KernelFloats;
  readonly Doubles: KernelDoubles;
  readonly Integers: KernelIntegers;
  readonly Bytes: KernelBytes;
}
type Structs = typeof KERNEL_STRUCTS;
type StructName = keyof Structs;
type FieldValue<Type> = Type extends keyof Arrays
  ? Arrays[Type]
  : Type extends StructName
    ? KernelStruct<Type>
    : number;

/** A struct of assembly/ in the kernels' memory, field by field. */
export type KernelStruct<Name extends StructName> = {
  -readonly [Field in keyof Structs[Name]['fields']]: FieldValue<
    Structs[Name]['fields'][Field] extends readonly [infer Type, number] ? Type : never
  >;
} & { readonly byteOffset: number } & InKernelMemory;

const instance = new WebAssembly.Instance(
  new WebAssembly.Module(Uint8Array.from(atob(KERNEL_MODULE), (character) => character.charCodeAt(0))),
);

/** For kernels.ts alone. */
export const kernelExports = instance.exports;

const { memory, firstFree } = kernelExports as unknown as {
  readonly memory: { readonly buffer: ArrayBuffer };
  firstFree(): number;
};
const { buffer } = memory;
const bytes = new Uint8Array(buffer);
const numbers = {
  f64: new Float64Array(buffer),
  f32: new Float32Array(buffer),
  i32: new Int32Array(buffer),
};

/** Kernels take four numbers at a time, and a little more where it says so: none reads or writes further past an end. */
const ROOM_BEHIND = 64;
/** A vector. */
const ALIGNMENT = 16;

/** From here on nobody has written yet: it is zero, and costs no memory before somebody does. */
let untouched = aligned(firstFree());
const spans = new SpanList(untouched, buffer.byteLength);

function aligned(count: number): number {
  return Math.ceil(count / ALIGNMENT) * ALIGNMENT;
}

/**
 * Arrays and structs in the kernels' memory that belong to one owner. Set up once, for the sizes that are worked on; whoever
 * makes one for a time releases it. All begin as zeros. Behind each lies room for what kernels read and write past the end.
 */
export class KernelWorkspace {
  readonly #spans: Span[] = [];

  /** @throws RangeError where the memory is full, as by all others here */
  floats(length: number): KernelFloats {
    return new Float32Array(buffer, this.#take(4 * length), length) as KernelFloats;
  }

  doubles(length: number): KernelDoubles {
    return new Float64Array(buffer, this.#take(8 * length), length) as KernelDoubles;
  }

  integers(length: number): KernelIntegers {
    return new Int32Array(buffer, this.#take(4 * length), length) as KernelIntegers;
  }

  bytes(length: number): KernelBytes {
    return new Uint8Array(buffer, this.#take(length), length) as KernelBytes;
  }

  struct<Name extends StructName>(name: Name): KernelStruct<Name> {
    return this.structs(name, 1)[0];
  }

  /** Several, one behind the other: kernels that take more than one get the first. */
  structs<Name extends StructName>(name: Name, count: number): KernelStruct<Name>[] {
    const { size } = KERNEL_STRUCTS[name];
    const first = this.#take(count * size);
    return Array.from({ length: count }, (_, n) => structAt(name, first + n * size));
  }

  /** Gives all of it back. Nothing of it may be used any more. */
  release(): void {
    for (const span of this.#spans.splice(0)) spans.give(span);
  }

  #take(size: number): number {
    const span = spans.take(aligned(size) + ROOM_BEHIND);
    if (span === null) throw new RangeError(`There is no memory for ${size} bytes beside the kernels.`);
    this.#spans.push(span);
    bytes.fill(0, span.start, Math.min(span.end, untouched));
    untouched = Math.max(untouched, span.end);
    return span.start;
  }
}

/**
 * Lends a workspace for the time of one call.
 * @param use not async: what it works with would be another's before it is done
 */
export function withWorkspace<Result>(use: (own: KernelWorkspace) => Result): Result {
  const own = new KernelWorkspace();
  try {
    return use(own);
  } finally {
    own.release();
  }
}

/** Elements [start, end) of an array, as {@link Float32Array.subarray}. */
export function partOf(whole: KernelFloats, start: number, end = whole.length): KernelFloats {
  return whole.subarray(start, end) as KernelFloats;
}

/** Fills an array with samples [first, first + count); zeros where there are none. @param first any whole number */
export function copySamples(samples: Float32Array, first: number, count: number, to: KernelFloats): void {
  const from = Math.min(Math.max(0, -first), count);
  const end = Math.max(from, Math.min(count, samples.length - first));
  to.fill(0, 0, from);
  to.set(samples.subarray(first + from, first + end), from);
  to.fill(0, end, count);
}

/**
 * Samples that are handed over at a time where a whole channel goes through a kernel: two such blocks, and what is summed
 * of them, fit into a processor's nearest cache.
 */
export const BLOCK = 4096;

/** One class a struct, made when the first is: reading and writing a field is then as quick as of an array. */
const classes = new Map<StructName, new (at: number) => object>();

function structAt<Name extends StructName>(name: Name, at: number): KernelStruct<Name> {
  let made = classes.get(name);
  if (!made) {
    made = structClass(KERNEL_STRUCTS[name].fields);
    classes.set(name, made);
  }
  return new made(at) as KernelStruct<Name>;
}

function structClass(fields: Readonly<Record<string, readonly [string, number]>>) {
  class Struct {
    readonly byteOffset: number;
    constructor(at: number) {
      this.byteOffset = at;
    }
  }
  for (const [field, [type, offset]] of Object.entries(fields)) {
    Object.defineProperty(
      Struct.prototype,
      field,
      type in numbers ? numberField(type as keyof typeof numbers, offset) : addressField(offset),
    );
  }
  return Struct;
}

function numberField(type: keyof typeof numbers, offset: number): PropertyDescriptor {
  const view = numbers[type];
  const shift = type === 'f64' ? 3 : 2;
  return {
    get(this: { readonly byteOffset: number }) {
      return view[(this.byteOffset + offset) >> shift];
    },
    set(this: { readonly byteOffset: number }, value: number) {
      view[(this.byteOffset + offset) >> shift] = value;
    },
  };
}

/** An array, or another struct, that a struct names by its address; it can be given, not asked for. */
function addressField(offset: number): PropertyDescriptor {
  return {
    set(this: { readonly byteOffset: number }, value: { readonly byteOffset: number }) {
      numbers.i32[(this.byteOffset + offset) >> 2] = value.byteOffset;
    },
  };
}
