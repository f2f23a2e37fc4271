// A growing table in typed arrays, one array a field; fields with several bins lie bin by bin, so that one hour's work is contiguous.

const ARRAYS = {
  f64: Float64Array,
  f32: Float32Array,
  u32: Uint32Array,
  i32: Int32Array,
  u16: Uint16Array,
  u8: Uint8Array,
} as const;

type Arrays = typeof ARRAYS;
export type ArrayKind = keyof Arrays;
/** `[kind, bins]`. */
export type Schema = Record<string, readonly [ArrayKind, number]>;
export type Fields<S extends Schema> = { [F in keyof S]: InstanceType<Arrays[S[F][0]]> };

/** Doubled while small; then a quarter at a time, so that no more than a fifth ever lies idle. */
const DOUBLE_UP_TO = 64;
const FIRST_CAPACITY = 16;

export interface ColumnsState {
  length: number;
  free: number[];
}

export class Columns<S extends Schema> {
  /** Slots handed out so far, freed ones included. */
  length = 0;
  capacity = 0;
  /** Replaced when the table grows: take them anew after `add` or `reserve`. Bin b of slot s is at `b * capacity + s`. */
  fields: Fields<S>;
  private free: number[] = [];

  constructor(private readonly schema: S) {
    this.fields = allocate(schema, 0);
  }

  get live(): number {
    return this.length - this.free.length;
  }

  get bytes(): number {
    return Object.values(this.fields).reduce((sum, array) => sum + array.byteLength, 0);
  }

  /** A zeroed slot. */
  add(): number {
    const reused = this.free.pop();
    if (reused !== undefined) return reused;
    this.reserve(1);
    return this.length++;
  }

  /** So many slots at least, the new ones zeroed: for a table that stands beside another. */
  cover(length: number): void {
    this.reserve(Math.max(0, length - this.length));
    this.length = Math.max(this.length, length);
  }

  /** Forgets a slot; it will be handed out again. */
  remove(slot: number): void {
    this.clear(slot);
    this.free.push(slot);
  }

  reserve(more: number): void {
    const needed = this.length + more;
    if (needed <= this.capacity) return;
    const next = this.capacity < DOUBLE_UP_TO ? this.capacity * 2 : Math.ceil(this.capacity * 1.25);
    this.resize(Math.max(FIRST_CAPACITY, next, needed));
  }

  /** The used part of every field, in the order of the schema. */
  save(): { state: ColumnsState; parts: Uint8Array[] } {
    const parts: Uint8Array[] = [];
    this.eachBin((array, from) => {
      const used = array.subarray(from, from + this.length);
      parts.push(new Uint8Array(used.buffer, used.byteOffset, used.byteLength));
    });
    return { state: { length: this.length, free: [...this.free] }, parts };
  }

  /** Takes what `save` gave; `read` yields the next so many bytes. Fields that are `absent` from what was saved are nought. */
  load(state: ColumnsState, read: (bytes: number) => Uint8Array, absent: readonly string[] = []): void {
    this.resize(state.length);
    this.length = state.length;
    this.free = [...state.free];
    this.eachBin((array, from, name) => {
      if (absent.includes(name)) return;
      const bytes = new Uint8Array(array.buffer, from * array.BYTES_PER_ELEMENT, this.length * array.BYTES_PER_ELEMENT);
      bytes.set(read(bytes.length));
    });
  }

  private clear(slot: number): void {
    this.eachBin((array, from) => {
      array[from + slot] = 0;
    });
  }

  private resize(capacity: number): void {
    const next = allocate(this.schema, capacity);
    for (const [name, [, bins]] of Object.entries(this.schema)) {
      for (let bin = 0; bin < bins; bin++) {
        const old = this.fields[name]!.subarray(bin * this.capacity, bin * this.capacity + this.length);
        next[name]!.set(old, bin * capacity);
      }
    }
    this.fields = next;
    this.capacity = capacity;
  }

  private eachBin(visit: (array: Fields<Schema>[string], from: number, name: string) => void): void {
    for (const [name, [, bins]] of Object.entries(this.schema)) {
      for (let bin = 0; bin < bins; bin++) visit(this.fields[name]!, bin * this.capacity, name);
    }
  }
}

function allocate<S extends Schema>(schema: S, capacity: number): Fields<S> {
  const pairs = Object.entries(schema).map(([name, [kind, bins]]) => [name, new ARRAYS[kind](capacity * bins)]);
  return Object.fromEntries(pairs) as Fields<S>;
}
